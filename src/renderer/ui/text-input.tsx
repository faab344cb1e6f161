import type { ComponentProps } from 'react';

export function TextInput({ className = '', ...rest }: ComponentProps<'input'>) {
  return (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      className={`h-6 min-w-0 rounded-control border border-line bg-inset px-2 text-fg text-xs aria-[invalid=true]:border-failed ${className}`}
      {...rest}
    />
  );
}
