import type { NodeSignature } from '../../shared/node-api/signature.ts';
import type { PinTypeRule } from '../../shared/types/pin-type.ts';
import { describePinType } from '../../shared/types/pin-type-text.ts';
import { declaredType } from '../../shared/types/type-flow.ts';
import { colourOf, formOf } from './pin-look.ts';
import { PinShape } from './pin-shape.tsx';

/** What a node is for, what it takes and what it gives, for somebody who looks for one. */
export function SignatureCard({ signature }: { signature: NodeSignature }) {
  const { title, id, summary, inputs, outputs, body } = signature;
  return (
    <div className="w-64 rounded-node border border-line bg-raised p-3 text-xs shadow-raised">
      <p className="font-semibold">{title}</p>
      <p className="font-mono text-2xs text-faint">{id}</p>
      <p className="mt-1 text-dim">{summary}</p>
      <Pins label="Takes" pins={inputs} isItem={false} />
      <Pins label="Gives" pins={outputs} isItem={body === 'source'} />
    </div>
  );
}

interface PinsProps {
  readonly label: string;
  readonly pins: readonly { readonly name: string; readonly type: PinTypeRule }[];
  readonly isItem: boolean;
}

/** A card is glanced at: the first pins say what a node is about. */
const MOST_PINS = 7;

function Pins({ label, pins, isItem }: PinsProps) {
  if (pins.length === 0) return null;
  return (
    <dl className="mt-2">
      <dt className="text-2xs text-faint">{label}</dt>
      {pins.slice(0, MOST_PINS).map(({ name, type: rule }) => {
        const type = declaredType(rule);
        return (
          <dd key={name} className="flex items-center gap-1.5 leading-5">
            <span className="flex" style={{ color: colourOf(type) }}>
              <PinShape form={formOf(type, isItem)} isFilled={false} size={9} />
            </span>
            <span className="shrink-0">{name}</span>
            <span className="truncate font-mono text-2xs text-faint">{describePinType(type)}</span>
          </dd>
        );
      })}
      {pins.length > MOST_PINS && <dd className="text-faint leading-5">and {pins.length - MOST_PINS} more</dd>}
    </dl>
  );
}
