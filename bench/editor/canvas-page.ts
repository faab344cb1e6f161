import type { Page } from 'playwright-core';
import type { Point } from '../../src/shared/graph/document.ts';
import type { Commits } from '../../tests/e2e/probe/commits.ts';

/** A page with a canvas of React Flow, and the script `tests/e2e/probe` in it. Times are in ms, lengths in CSS pixels. */
export class CanvasPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Times from frame to frame while the view is dragged there and back, `step` a frame. */
  async pan(frames: number, [dx, dy]: Point): Promise<number[]> {
    await this.page.bringToFront();
    return this.page.evaluate(`probe.pan(${frames}, [${dx}, ${dy}])`);
  }

  /** Times from frame to frame while the view is pinched in and out again, `step` powers of two a frame. */
  async zoom(frames: number, step: number): Promise<number[]> {
    await this.page.bringToFront();
    return this.page.evaluate(`probe.zoom(${frames}, ${step})`);
  }

  async zoomBy(power: number): Promise<void> {
    await this.page.bringToFront();
    await this.page.evaluate(`probe.zoomBy(${power})`);
  }

  viewport(): Promise<{ x: number; y: number; zoom: number }> {
    return this.page.evaluate('probe.viewport()');
  }

  area(): Promise<{ left: number; top: number; width: number; height: number }> {
    return this.page.evaluate('probe.area()');
  }

  timeOpening(nodes: number): Promise<number> {
    return this.page.evaluate(`probe.timeOpening(${nodes})`);
  }

  /** What React rendered since the last call. */
  takeCommits(): Promise<Commits> {
    return this.page.evaluate('probe.takeCommits()');
  }

  /** Nodes that are in the page: those in view. */
  nodesInView(): Promise<number> {
    return this.page.locator('.react-flow__node').count();
  }
}
