import { writeFileSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { catalogue } from '../../src/main/models/catalogue.ts';
import { describeModel } from '../../src/main/models/describe-model.ts';
import { offeredModel } from '../../src/main/models/download.ts';
import { bundledModels, missingModel, namedModel } from '../../src/main/models/model-names.ts';
import { ModelsFolder } from './models-folder.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the catalogue', () => {
  test('has each name once, and a digest of nearly all models', () => {
    const names = catalogue().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(catalogue().flatMap(({ name, sha256 }) => (sha256 === null ? name : []))).toEqual(['yolov8s']);
  });

  test('fetches over connections that nobody can listen in on', () => {
    for (const { url } of catalogue()) expect(url).toMatch(/^https:/);
  });

  test('may be another, which WEFT_CATALOGUE names', () => {
    using folder = new ModelsFolder();
    const path = join(folder.path, 'own.json');
    const model = {
      name: 'ours',
      task: 't',
      family: 'f',
      licence: 'l',
      bytes: 1,
      sha256: null,
      url: 'http://x/y',
      notes: '',
    };
    writeFileSync(path, JSON.stringify([model]));
    vi.stubEnv('WEFT_CATALOGUE', path);
    expect(catalogue()).toEqual([model]);
    expect(namedModel('ours')).toBe(join(folder.path, 'ours.onnx'));
    expect(namedModel('yunet')).toBeUndefined();
  });

  test.each([
    ['a name that leads elsewhere', [{ name: '../x' }], /"0\.name" is wrong: use small letters/],
    ['an address that is no web address', [{ name: 'x', url: 'file:///etc/passwd' }], /"0\.\w+" is wrong/],
    ['something else', { models: [] }, /"" is wrong/],
    ['no JSON', '[', /it is not JSON/],
  ])("of one's own is refused with a sentence when it has %s", (_what, document, sentence) => {
    using folder = new ModelsFolder();
    const path = join(folder.path, 'own.json');
    writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document));
    vi.stubEnv('WEFT_CATALOGUE', path);
    expect(() => catalogue()).toThrow(
      expect.objectContaining({ code: 'E_VALUE', message: expect.stringMatching(sentence) }),
    );
  });

  test('that is not there is named', () => {
    vi.stubEnv('WEFT_CATALOGUE', '/nowhere/own.json');
    expect(() => catalogue()).toThrow(expect.objectContaining({ code: 'E_FILE_READ' }));
  });

  test('proposes a name for one that it does not have', () => {
    expect(() => offeredModel('yolov9n')).toThrow(
      expect.objectContaining({
        code: 'E_MODEL_MISSING',
        message: 'The catalogue has no model "yolov9n": did you mean yolov8n?',
      }),
    );
    expect(() => offeredModel('something else')).toThrow(/choose one of dfine-n, .*super-resolution\.$/);
  });
});

describe('a name', () => {
  test('of the catalogue stands for a file in the folder of models, there or not', () => {
    using folder = new ModelsFolder();
    expect(namedModel('yunet')).toBe(join(folder.path, 'yunet.onnx'));
  });

  test('with bundled: stands for a file that comes with Weft', () => {
    const path = namedModel('bundled:shapes') ?? '';
    expect(isAbsolute(path)).toBe(true);
    expect(basename(path)).toBe('shapes.onnx');
  });

  test.each(['yolov8n.onnx', './yunet', 'models/yunet', '', 'bundled:', 'bundled:../x', 'bundled:a/b', 'nothing'])(
    '%j is none',
    (text) => expect(namedModel(text)).toBeUndefined(),
  );
});

describe('the sentence about a model that is not there', () => {
  test('says how to get one of the catalogue', async () => {
    using _ = new ModelsFolder();
    await expect(describeModel(namedModel('yunet') ?? '')).rejects.toMatchObject({
      code: 'E_MODEL_MISSING',
      message: 'The model yunet is not on this machine yet: get it with `weft models pull yunet`.',
    });
  });

  test('says which models come with Weft', () => {
    expect(missingModel(namedModel('bundled:none') ?? '')).toBe(
      `No model bundled:none comes with Weft: use ${bundledModels().join(' or ')}.`,
    );
  });

  test('names the path of any other', () => {
    expect(missingModel('/a/b.onnx')).toMatch(/^There is no file \/a\/b\.onnx/);
  });
});
