// A process that keeps a backup and lives on, for tests that kill it: `hold-backup.ts STATE_FOLDER ID`.
import { Backups } from '../../src/main/window/backups.ts';

const [state, id] = process.argv.slice(2);
const backups = await Backups.open(state);
await backups.keep({}, { id, path: null, name: id, graph: { weft: 1, nodes: [] } });
console.log('kept');
setInterval(() => {}, 1000);
