import type { Action, ActionContext } from '../actions/action.ts';
import { notifyError } from '../announce/notices.ts';
import { frontGraph } from '../state/tabs.ts';

export function actionContext(): ActionContext {
  return { graph: frontGraph() };
}

/** Performs an action where it applies; false where it does not. What it throws is told in a notice. */
export function performAction(action: Action): boolean {
  const context = actionContext();
  if (!action.when(context)) return false;
  void tell(async () => action.perform(context));
  return true;
}

async function tell(perform: () => Promise<void>): Promise<void> {
  try {
    await perform();
  } catch (error) {
    notifyError(error);
  }
}
