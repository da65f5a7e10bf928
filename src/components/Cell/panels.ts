/** What a cell opens on demand: each is imported when it is first asked for. */
import { onDemand } from '../ui/on-demand.ts';

export const loadEditor = onDemand(() => import('./editor.ts'));
export const loadViews = onDemand(() => import('../Views/panel-views.ts'));
export const loadPlot = onDemand(() => import('./result-plot.ts'));
export const loadMore = onDemand(() => import('./panel-more.ts'));
export const loadPictures = onDemand(() => import('./panel-pictures.ts'));
export const loadTake = onDemand(() => import('./panel-take.ts'));
