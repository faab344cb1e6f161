/** ms that a run's calls have to come to an end after a cancel; what works for them is killed then. */
export const CANCEL_GRACE = 2000;
