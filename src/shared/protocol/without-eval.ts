import { z } from 'zod';

// A window's content security policy forbids `eval`, which zod would try in order to compile its schemas. It reads this
// when a schema is made, so a window's entry imports this module before any other.
z.config({ jitless: true });
