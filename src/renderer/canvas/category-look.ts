import {
  ArrowLeftRight,
  Box,
  Boxes,
  BrainCircuit,
  ChartColumn,
  CircleDot,
  Cpu,
  Grid3x3,
  Image,
  type LucideIcon,
  PersonStanding,
  Scan,
  Shapes,
  Split,
  Tags,
  Video,
} from 'lucide-react';

/** How nodes of a category are known at a glance. */
export interface CategoryLook {
  readonly title: string;
  readonly icon: LucideIcon;
  /** A CSS colour of the theme. */
  readonly colour: string;
}

/** @param category first part of a node type; one that a node package brings has the look of `other`. */
export function categoryLook(category: string): CategoryLook {
  const look = LOOKS[lookName(category)];
  return look ?? { title: titled(category), icon: Box, colour: 'var(--category-other)' };
}

/** The name by which the theme knows the colour of a category. */
export function lookName(category: string): string {
  return Object.hasOwn(LOOKS, category) ? category : OTHER;
}

const OTHER = 'other';

const LOOKS: Readonly<Record<string, CategoryLook | undefined>> = {
  io: { title: 'Inputs and outputs', icon: ArrowLeftRight, colour: 'var(--category-io)' },
  image: { title: 'Image', icon: Image, colour: 'var(--category-image)' },
  video: { title: 'Video', icon: Video, colour: 'var(--category-video)' },
  tensor: { title: 'Tensor', icon: Grid3x3, colour: 'var(--category-tensor)' },
  model: { title: 'Model', icon: BrainCircuit, colour: 'var(--category-model)' },
  detect: { title: 'Detect', icon: Scan, colour: 'var(--category-detect)' },
  segment: { title: 'Segment', icon: Shapes, colour: 'var(--category-segment)' },
  keypoints: { title: 'Keypoints', icon: PersonStanding, colour: 'var(--category-keypoints)' },
  classify: { title: 'Classify', icon: Tags, colour: 'var(--category-classify)' },
  flow: { title: 'Flow', icon: Split, colour: 'var(--category-flow)' },
  value: { title: 'Value', icon: CircleDot, colour: 'var(--category-value)' },
  stats: { title: 'Statistics', icon: ChartColumn, colour: 'var(--category-stats)' },
  devices: { title: 'Devices', icon: Cpu, colour: 'var(--category-devices)' },
  graph: { title: 'Graphs of this document', icon: Boxes, colour: 'var(--category-graph)' },
};

/** Those with a look of their own, and that of all others. */
export const LOOK_NAMES: readonly string[] = [...Object.keys(LOOKS), OTHER];

function titled(category: string): string {
  return category.charAt(0).toUpperCase() + category.slice(1);
}
