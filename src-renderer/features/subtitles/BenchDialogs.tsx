import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { BenchKeysDialog } from './BenchKeysDialog.tsx';
import { openDialog, useBench } from './benchStore.ts';
import { ProjectDialog } from './ProjectDialog.tsx';
import { RetranslateDialog } from './RetranslateDialog.tsx';
import { SaveDialog } from './SaveDialog.tsx';
import { TimesDialog } from './TimesDialog.tsx';
import { VersionsDialog } from './VersionsDialog.tsx';

interface Props {
	project: SubtitleProject;
	cues: readonly SubtitleCue[];
	/** The selected one. */
	cue: SubtitleCue | null;
	/** Those that are worked on together. */
	chosen: readonly SubtitleCue[];
}

/** The dialog of the bench that is open. */
export function BenchDialogs({ project, cues, cue, chosen }: Props) {
	const dialog = useBench((state) => state.dialog);
	const close = () => openDialog(null);
	if (dialog === 'keys') return <BenchKeysDialog onClose={close} />;
	if (dialog === 'save') return <SaveDialog project={project} onClose={close} />;
	if (dialog === 'project') return <ProjectDialog project={project} onClose={close} />;
	if (dialog === 'times') return <TimesDialog project={project} cues={cues} chosen={chosen} onClose={close} />;
	if (dialog === 'versions' && cue) return <VersionsDialog project={project} cue={cue} onClose={close} />;
	if (dialog === 'retranslate' && cue) return <RetranslateDialog project={project} chosen={chosen} onClose={close} />;
	return null;
}
