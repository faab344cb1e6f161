/** The mark of Weft: threads that go over and under each other. */
export function WovenMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className="size-10 text-accent" fill="none" stroke="currentColor">
      <g strokeWidth="4" strokeLinecap="round">
        <path d="M4 10h5M15 10h13M4 22h13M23 22h5" />
        <path d="M10 4v13M10 23v5M22 4v5M22 15v13" className="text-fg" stroke="currentColor" opacity="0.75" />
      </g>
    </svg>
  );
}
