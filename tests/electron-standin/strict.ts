/** What a promise or a debugger looks for on any object. */
const ASKED_OF_ANYTHING = new Set(['then', 'toJSON', 'constructor', 'prototype']);

/** `part`, except that using anything it does not have throws and says what it was. */
export function strict<T extends object>(name: string, part: T): T {
  return new Proxy(part, {
    get(target, key) {
      if (typeof key === 'string' && !(key in target) && !ASKED_OF_ANYTHING.has(key)) {
        throw new Error(`The stand-in for Electron has no ${name}.${key}: add it to tests/electron-standin.`);
      }
      const value: unknown = Reflect.get(target, key);
      // Private fields belong to the part, not to this proxy.
      return typeof value === 'function' && key !== 'constructor' ? value.bind(target) : value;
    },
    set: (target, key, value) => Reflect.set(target, key, value),
    construct(target, args) {
      // Only classes are constructed.
      const instance: object = Reflect.construct(target as new () => object, args);
      return strict(name, instance);
    },
  });
}
