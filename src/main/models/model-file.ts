import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { WeftError } from '../../shared/node-api/weft-error.ts';
import { type ForeignContent, foreignContent } from './foreign-content.ts';
import { missingModel } from './model-names.ts';
import { type OnnxModel, readOnnxModel } from './onnx-model.ts';
import { ProtobufError, ProtobufFile } from './protobuf-file.ts';

/**
 * Reads an ONNX file, or says what the file is instead.
 * @throws E_MODEL_MISSING, E_MODEL_LOAD, E_FILE_READ
 */
export async function readModelFile(path: string): Promise<{ model: OnnxModel; bytes: number }> {
  try {
    // Asked before the file is opened: opening a pipe would wait for its other end.
    const bytes = await sizeOf(path);
    await using file = await open(path);
    const beginning = await firstBytes(file, bytes);
    const foreign = foreignContent(beginning);
    if (foreign !== null) throw notAModel(path, FOREIGN[foreign](bytes));
    return { model: readOnnx(path, file, bytes, beginning), bytes };
  } catch (error) {
    throw readingError(path, error);
  }
}

async function sizeOf(path: string): Promise<number> {
  const entry = await stat(path);
  if (entry.isDirectory()) throw notAModel(path, 'a folder, not a model: choose the .onnx file in it');
  if (!entry.isFile()) throw notAModel(path, 'a device or a pipe, not a model: choose an .onnx file');
  if (entry.size === 0) throw notAModel(path, 'empty: download or export the model again');
  return entry.size;
}

async function firstBytes(file: FileHandle, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(bytes, 1024)), { position: 0 });
  return buffer.subarray(0, bytesRead);
}

const FOREIGN: Readonly<Record<ForeignContent, (bytes: number) => string>> = {
  'a Git LFS pointer': (bytes) =>
    `a Git LFS pointer (${bytes} bytes), not the model itself: fetch the real file with git lfs pull`,
  'a web page': () => 'a web page, not a model: the download went to a sign-in or error page; download it again',
  'a text file': () => 'a text file, not a model: choose an .onnx file',
};

function readOnnx(path: string, file: FileHandle, bytes: number, beginning: Buffer): OnnxModel {
  try {
    return readOnnxModel(new ProtobufFile(file.fd, bytes));
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    throw notAModel(
      path,
      // Exporters write the version of the format first: field 1, a number.
      beginning[0] === 0x08
        ? `cut off or damaged (it has ${bytes} bytes): download or export the model again`
        : 'not an ONNX model: choose an .onnx file, or export the model to ONNX',
      error,
    );
  }
}

function notAModel(path: string, what: string, cause?: unknown): WeftError {
  return new WeftError('E_MODEL_LOAD', `${basename(path)} is ${what}.`, { cause });
}

function readingError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof WeftError) return error;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return new WeftError('E_MODEL_MISSING', missingModel(path), { cause: error });
  }
  return new WeftError('E_FILE_READ', `${path} cannot be read (${error.code}): check its rights and the disk.`, {
    cause: error,
  });
}
