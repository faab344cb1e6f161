/**
 * Pairs rows with columns so that the sum of their costs is least, by shortest augmenting paths (the Hungarian method,
 * O(rows² × columns)). A pair that would cost `limit` or more is none.
 * @param costs row by row.
 * @returns for each row its column, or -1.
 */
export function assign(costs: Float64Array, rows: number, columns: number, limit: number): Int32Array {
  // Not pairing a row costs `limit`, so no pair is better than one that costs more.
  const clipped = costs.map((cost) => Math.min(cost, limit));
  const result = new Int32Array(rows).fill(-1);
  const accept = (row: number, column: number) => {
    if (costs[row * columns + column] < limit) result[row] = column;
  };
  if (rows <= columns) {
    pairs(rows, columns, (row, column) => clipped[row * columns + column]).forEach((row, column) => {
      if (row >= 0) accept(row, column);
    });
  } else {
    pairs(columns, rows, (column, row) => clipped[row * columns + column]).forEach((column, row) => {
      if (column >= 0) accept(row, column);
    });
  }
  return result;
}

/** For each of `columns` the row it is paired with, or -1; `rows` ≤ `columns`, and every row is paired. */
function pairs(rows: number, columns: number, cost: (row: number, column: number) => number): Int32Array {
  // Row and column 0 stand for "none" here, so everything is counted from 1.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    const cameFrom = new Int32Array(columns + 1);
    const distance = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const visited = new Uint8Array(columns + 1);
    let at = 0;
    rowOf[0] = row;
    do {
      visited[at] = 1;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let column = 1; column <= columns; column++) {
        if (visited[column]) continue;
        const reduced = cost(rowOf[at] - 1, column - 1) - rowPotential[rowOf[at]] - columnPotential[column];
        if (reduced < distance[column]) {
          distance[column] = reduced;
          cameFrom[column] = at;
        }
        if (distance[column] < step) {
          step = distance[column];
          next = column;
        }
      }
      for (let column = 0; column <= columns; column++) {
        if (visited[column]) {
          rowPotential[rowOf[column]] += step;
          columnPotential[column] -= step;
        } else distance[column] -= step;
      }
      at = next;
    } while (rowOf[at] !== 0);
    for (; at !== 0; at = cameFrom[at]) rowOf[at] = rowOf[cameFrom[at]];
  }
  return rowOf.subarray(1).map((row) => row - 1);
}
