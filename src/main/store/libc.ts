import { constants } from 'node:fs';
import { createRequire } from 'node:module';
import { getSystemErrorName } from 'node:util';

/** What shared memory needs of the C library and Node does not offer. All throw an Error that names the failed call. */
export interface LibC {
  readonly pageBytes: number;
  addressOf(buffer: SharedArrayBuffer): bigint;
  /** Memory behind a file descriptor, without a name; gone when the last process that has it ends. Linux only. */
  createMemoryFile(label: string): number;
  openSharedMemory(name: string, mode: 'new' | 'existing'): number;
  unlinkSharedMemory(name: string): void;
  /** Replaces the pages at `address` by those of the file. */
  mapOver(address: bigint, bytes: number, fd: number): void;
  /**
   * Gives a range of shared memory real memory, or fails with ENOSPC. Does nothing on macOS, where shared memory is
   * swapped like any other and needs no reservation.
   */
  allocateRange(fd: number, offset: number, bytes: number): void;
  /** Returns the memory of a range, which then reads as zeros. Does nothing on macOS, which keeps it to the end. */
  punchRange(fd: number, offset: number, bytes: number): void;
}

// The same on Linux and macOS.
const PROT_READ_WRITE = 1 | 2;
const MAP_SHARED = 0x01;
const MAP_FIXED = 0x10;
// Linux.
const MFD_CLOEXEC = 1;
const FALLOC_FL_KEEP_SIZE = 1;
const FALLOC_FL_PUNCH_HOLE = 2;

let loaded: LibC | undefined;

/**
 * The C library of this process. Not for a thread that may be terminated: stopped in a call of koffi it aborts the
 * process.
 * @throws Error when koffi does not load or the platform lacks the calls.
 */
export function libc(): LibC {
  loaded ??= load();
  return loaded;
}

function load(): LibC {
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    throw new Error(`shared memory cannot be mapped over a buffer on ${process.platform}`);
  }
  // Not a static import: it takes 10 ms, which runs without tensors should not pay, and may fail on a rare platform.
  const koffi: typeof import('koffi').default = createRequire(import.meta.url)('koffi');
  const library = koffi.load(null);
  const linux = process.platform === 'linux';

  const getpagesize = library.func('int getpagesize()');
  const mmap = library.func('intptr_t mmap(intptr_t, size_t, int, int, int, int64_t)');
  // Variadic in Apple's headers, and Apple's arm64 passes variadic arguments differently.
  const shmOpen = library.func('int shm_open(const char *name, int flags, ...)');
  const shmUnlink = library.func('int shm_unlink(const char *name)');
  const memfdCreate = linux ? library.func('int memfd_create(const char *name, unsigned int flags)') : undefined;
  const fallocate = linux ? library.func('int fallocate(int fd, int mode, int64_t offset, int64_t bytes)') : undefined;

  const succeeded = (call: string, result: number): number => {
    if (result === -1) throw systemError(call, koffi.errno());
    return result;
  };
  const changeRange = (fd: number, mode: number, offset: number, bytes: number): void => {
    if (fallocate === undefined) return;
    let result: number;
    // A signal, as a profiler's, may interrupt a long call.
    do result = fallocate(fd, mode, offset, bytes);
    while (result === -1 && koffi.errno() === koffi.os.errno.EINTR);
    succeeded('fallocate', result);
  };

  return {
    pageBytes: getpagesize(),
    addressOf: (buffer) => koffi.address(buffer),
    createMemoryFile(label) {
      if (memfdCreate === undefined) throw systemError('memfd_create', koffi.os.errno.ENOSYS);
      return succeeded('memfd_create', memfdCreate(label, MFD_CLOEXEC));
    },
    openSharedMemory(name, mode) {
      const flags = mode === 'new' ? constants.O_CREAT | constants.O_EXCL : 0;
      return succeeded('shm_open', shmOpen(name, constants.O_RDWR | flags, 'int', 0o600));
    },
    unlinkSharedMemory(name) {
      succeeded('shm_unlink', shmUnlink(name));
    },
    mapOver(address, bytes, fd) {
      succeeded('mmap', Number(mmap(address, bytes, PROT_READ_WRITE, MAP_SHARED | MAP_FIXED, fd, 0)));
    },
    // By file instead of address (madvise), so that only the file has to be known.
    allocateRange: (fd, offset, bytes) => changeRange(fd, 0, offset, bytes),
    punchRange: (fd, offset, bytes) => changeRange(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, bytes),
  };
}

function systemError(call: string, errno: number): Error {
  const code = getSystemErrorName(-errno);
  return Object.assign(new Error(`${call} failed with ${code}`), { code });
}
