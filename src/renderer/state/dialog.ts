import type { PickRequest } from '../../shared/protocol/window-calls.ts';

/** What a dialog shows; those that ask for something carry where the answer goes. */
export type DialogContent =
  | { readonly kind: 'settings' | 'commands' | 'recent' | 'help' | 'about' }
  /** The catalogue of models; `choose` takes the name of one for whatever asked, null where nothing did. */
  | { readonly kind: 'models'; readonly choose: ((name: string) => void) | null }
  | { readonly kind: 'question'; readonly question: Question; answer(choice: string | null): void }
  | { readonly kind: 'pick'; readonly request: PickRequest; answer(path: string | null): void };

export type Dialog = DialogContent & { readonly id: number };

/** A question whose choices say what they do. Escape is no choice: the answer is null. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** More lines, as names of what is concerned. */
  readonly details?: readonly string[];
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly id: string;
  /** A verb. */
  readonly label: string;
  /** Enter takes the main choice; a dangerous one loses work. */
  readonly tone: 'main' | 'plain' | 'danger';
}
