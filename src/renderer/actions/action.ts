import type { LucideIcon } from 'lucide-react';
import type { OpenGraph } from '../state/graph-store.ts';

/** What an action may look at when it decides whether it applies, and work on. */
export interface ActionContext {
  /** The graph in the tab in front; null on the start page. */
  readonly graph: OpenGraph | null;
}

/**
 * One thing a person can do: the only place that knows its name, keys and meaning. Menu, keys, palette, toolbar and the
 * help sheet are fed from the registry of these.
 */
export interface Action {
  /** `group.verb`, stable: settings rebind keys by it. */
  readonly id: string;
  /** A verb, sentence case. */
  readonly label: string;
  readonly group: 'File' | 'Edit' | 'Select' | 'View' | 'Insert' | 'Arrange' | 'Run' | 'Help';
  readonly icon?: LucideIcon;
  /** As `Mod+Shift+P`; `Mod` is Ctrl, or Command on a Mac. The first is shown. */
  readonly keys?: readonly string[];
  /** How the action enters history: its own step, or not at all. */
  readonly history: 'step' | 'none';
  /**
   * Its keys also reach it while a text field has the focus; with `settled` only in a field of a value in which nothing
   * was written since the value was taken over.
   */
  readonly inText?: true | 'settled';
  when(context: ActionContext): boolean;
  perform(context: ActionContext): void | Promise<void>;
}
