import type { PinForm } from './pin-look.ts';

/** The form of a pin in the current text colour; hollow when nothing is connected. */
export function PinShape({ form, isFilled, size = 11 }: { form: PinForm; isFilled: boolean; size?: number }) {
  return (
    <svg
      aria-hidden
      width={size}
      height={size}
      viewBox="0 0 12 12"
      className="pointer-events-none"
      fill={isFilled ? 'currentColor' : 'var(--panel)'}
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinejoin="round"
    >
      {SHAPES[form]}
    </svg>
  );
}

const SHAPES = {
  circle: <circle cx={6} cy={6} r={4.25} />,
  diamond: <path d="M6 1 11 6 6 11 1 6Z" />,
  square: <rect x={1.75} y={1.75} width={8.5} height={8.5} rx={1} />,
  triangle: <path d="M2.5 1.5 10.5 6 2.5 10.5Z" />,
};
