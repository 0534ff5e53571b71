import CancelIcon from '@mui/icons-material/Close';
import RemoveIcon from '@mui/icons-material/DeleteOutlined';
import PauseIcon from '@mui/icons-material/Pause';
import ResumeIcon from '@mui/icons-material/PlayArrow';
import NextIcon from '@mui/icons-material/VerticalAlignTop';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notify, notifyError } from '../../ui/notify.ts';
import { removeAimed } from '../../ui/removeAimed.ts';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { actsOnRun, type RunAct } from './runActs.ts';

const icons = { runNext: NextIcon, pause: PauseIcon, resume: ResumeIcon, retry: ResumeIcon, cancel: CancelIcon, remove: RemoveIcon } as const;

interface Props {
	run: Run;
	/** No other of the reader's waits before it. */
	isNext: boolean;
	onRemoved?: () => void;
}

/** What can be done to a run now, each a button; what throws work away asks, what is deleted can be brought back. */
export function RunButtons({ run, isNext, onRemoved }: Props) {
	const { t } = useTranslation('finetune');
	const [isCancelling, setCancelling] = useState(false);
	const remove = async () => {
		try {
			await client.finetune.removeRun({ runId: run.id });
			notify(t(run.adapterId === null ? 'runs.removed' : 'runs.removedTrained', { title: run.title }), async () => {
				await client.finetune.restoreRun({ runId: run.id });
			});
			onRemoved?.();
		} catch (error) {
			notifyError(error);
		}
	};
	const act = (deed: RunAct) => {
		if (deed === 'cancel') setCancelling(true);
		else if (deed === 'remove') void removeAimed(remove);
		else client.jobs[deed]({ jobId: run.job.id }).then(() => deed === 'runNext' && notify(t('runs.next', { title: run.title })), notifyError);
	};
	return (
		<>
			{actsOnRun(run, isNext).map((deed) => {
				const Icon = icons[deed];
				return (
					<SymbolButton key={deed} label={t(`runs.acts.${deed}`, { title: run.title })} onClick={() => act(deed)}>
						<Icon fontSize="small" />
					</SymbolButton>
				);
			})}
			<ConfirmDialog
				open={isCancelling}
				title={t('runs.cancelTitle', { title: run.title })}
				confirmLabel={t('runs.cancelConfirm')}
				cancelLabel={t(run.job.state === 'running' ? 'runs.goOn' : 'runs.keep')}
				isDestructive
				onConfirm={async () => {
					await client.jobs.cancel({ jobId: run.job.id });
				}}
				onClose={() => setCancelling(false)}
			>
				<Typography>{t(run.adapterId === null ? 'runs.cancelText' : 'runs.cancelTrained')}</Typography>
			</ConfirmDialog>
		</>
	);
}
