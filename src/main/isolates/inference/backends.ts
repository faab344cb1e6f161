import type { BackendName } from '../../../shared/node-api/backend.ts';

/** Why a backend is not there, and how to get it: two clauses, the second begins with a verb. */
export interface Lack {
  readonly reason: string;
  readonly remedy: string;
}

/** A backend that ONNX Runtime brings, at least on some platforms. */
export interface BuiltBackend {
  readonly name: BackendName;
  /** `native`: onnxruntime-node. `web`: onnxruntime-web, compiled to WebAssembly. */
  readonly runtime: 'native' | 'web';
  /** Execution providers, by ONNX Runtime's names, the preferred one first. */
  readonly providers: readonly string[];
  /** On a device a model runs for one call at a time; on the processor, for as many as there are cores. */
  readonly runsOn: 'processor' | 'device';
  /** Where ONNX Runtime has it, as `platform-architecture`; `all` everywhere. */
  readonly platforms: readonly string[] | 'all';
  readonly elsewhere: Lack;
  /** It is built in, but does not work. */
  readonly broken: Lack;
}

/** A backend that people ask for, and that ONNX Runtime for Node does not have. */
export interface UnbuiltBackend {
  readonly name: BackendName;
  readonly runtime: null;
  readonly lack: Lack;
}

export type Backend = BuiltBackend | UnbuiltBackend;

const REINSTALL: Lack = {
  reason: 'the installation of ONNX Runtime is damaged',
  remedy: 'install Weft again',
};
const NO_NVIDIA: Lack = {
  reason: 'ONNX Runtime for Node supports NVIDIA libraries on Linux x64 only',
  remedy: 'run Weft on Linux with an NVIDIA card, or use webgpu, which runs on the same card',
};
const CUDA_SCRIPT = 'node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12';

/** Every backend, by name. Where each one is, and what it lacks elsewhere, is known here and nowhere else. */
export const BACKENDS: { readonly [K in BackendName]: Backend & { readonly name: K } } = {
  cpu: {
    name: 'cpu',
    runtime: 'native',
    providers: ['cpu'],
    runsOn: 'processor',
    platforms: 'all',
    elsewhere: REINSTALL,
    broken: REINSTALL,
  },
  webgpu: {
    name: 'webgpu',
    runtime: 'native',
    providers: ['webgpu'],
    runsOn: 'device',
    platforms: ['linux-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'],
    elsewhere: {
      reason: 'ONNX Runtime for Node has WebGPU on Windows, macOS and Linux x64 only',
      remedy: 'run Weft on one of these',
    },
    broken: {
      reason: 'no graphics driver for Vulkan, Direct3D 12 or Metal gave a device',
      remedy:
        'install the driver of the graphics card (without a card, Chromium brings SwiftShader, a driver that needs none)',
    },
  },
  wasm: {
    name: 'wasm',
    runtime: 'web',
    providers: ['wasm'],
    runsOn: 'processor',
    platforms: 'all',
    elsewhere: REINSTALL,
    broken: REINSTALL,
  },
  directml: {
    name: 'directml',
    runtime: 'native',
    providers: ['dml'],
    runsOn: 'device',
    platforms: ['win32-x64', 'win32-arm64'],
    elsewhere: { reason: 'DirectML is a part of Windows', remedy: 'run Weft on Windows 10 or later, or use webgpu' },
    broken: { reason: 'no DirectX 12 device was found', remedy: 'install the driver of the graphics card' },
  },
  cuda: {
    name: 'cuda',
    runtime: 'native',
    providers: ['cuda'],
    runsOn: 'device',
    platforms: ['linux-x64'],
    elsewhere: NO_NVIDIA,
    broken: {
      reason: "CUDA 12, cuDNN 9 or ONNX Runtime's library for them could not be loaded",
      remedy: `install CUDA 12 and cuDNN 9 for an NVIDIA card, then run \`${CUDA_SCRIPT}\``,
    },
  },
  tensorrt: {
    name: 'tensorrt',
    runtime: 'native',
    // What TensorRT cannot run, CUDA does.
    providers: ['tensorrt', 'cuda'],
    runsOn: 'device',
    platforms: ['linux-x64'],
    elsewhere: NO_NVIDIA,
    broken: {
      reason: "TensorRT 10, CUDA 12 or ONNX Runtime's library for them could not be loaded",
      remedy: `install CUDA 12, cuDNN 9 and TensorRT 10 for an NVIDIA card, then run \`${CUDA_SCRIPT}\``,
    },
  },
  coreml: {
    name: 'coreml',
    runtime: 'native',
    providers: ['coreml'],
    runsOn: 'device',
    platforms: ['darwin-arm64'],
    elsewhere: { reason: 'Core ML is a part of macOS', remedy: 'run Weft on a Mac with Apple silicon' },
    broken: { reason: 'Core ML refused a small model', remedy: 'update macOS' },
  },
  openvino: {
    name: 'openvino',
    runtime: null,
    lack: {
      reason: 'ONNX Runtime for Node has no OpenVINO',
      remedy: 'use cpu for an Intel processor, or webgpu for its graphics',
    },
  },
  npu: {
    name: 'npu',
    runtime: null,
    lack: {
      reason: 'ONNX Runtime for Node comes without the libraries of any NPU',
      remedy: 'use coreml on a Mac, which reaches its Neural Engine, or webgpu elsewhere',
    },
  },
};
