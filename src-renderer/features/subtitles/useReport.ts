import { useEffect, useState } from 'react';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { SubtitleReport } from '#contract/subtitleReport.ts';
import { client } from '../../rpc/client.ts';

/** Whoever types does not have the whole film looked through at every letter. */
const pauseMs = 800;

/** The quality report of a project, made anew a moment after its cues have changed; null until it is there first. */
export function useReport(projectId: string, cues: readonly SubtitleCue[]): { report: SubtitleReport | null; error: unknown } {
	const [state, setState] = useState<{ report: SubtitleReport | null; error: unknown }>({ report: null, error: null });
	// biome-ignore lint/correctness/useExhaustiveDependencies: other cues give another report
	useEffect(() => {
		let isCurrent = true;
		const timer = setTimeout(
			() =>
				client.subtitles.report({ projectId }).then(
					(report) => isCurrent && setState({ report, error: null }),
					(error: unknown) => isCurrent && setState((before) => ({ ...before, error })),
				),
			state.report === null ? 0 : pauseMs,
		);
		return () => {
			isCurrent = false;
			clearTimeout(timer);
		};
	}, [projectId, cues]);
	return state;
}
