import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Mended } from '#contract/convertMend.ts';
import type { FormatName } from '#contract/convertOrder.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { codeLook, pageNonce } from './codeLook.ts';
import { setContent, setOrder, useConvert } from './convertStore.ts';
import { formatNames } from './formatStore.ts';
import { groupChanges } from './groupChanges.ts';
import { RepairByModel } from './RepairByModel.tsx';
import { setText } from './recordsStore.ts';
import { useRepair } from './useRepair.ts';

/** Mends the source by rules, each of which is named, and what they leave by a model. What is proposed is shown beside what was, and nothing changes until it is taken over. */
export function MendDialog({ from, onClose }: { from: FormatName; onClose: () => void }) {
	const { t } = useTranslation('convert');
	const { t: ui } = useTranslation('ui');
	const titleId = useId();
	const navigate = useNavigate();
	const { content, order } = useConvert();
	const [mended, setMended] = useState<Mended | null>(null);
	const [error, setError] = useState<unknown>(null);
	const { delimiter } = order.table;
	const byModel = useRepair(from);
	const { repaired } = byModel;
	// Of what rules made whole already, a model would begin with the source itself.
	const source = repaired?.content ?? (mended === null || mended.isWhole ? content : mended.content);
	const proposed = repaired !== null && repaired.places.length > 0 ? repaired.content : (mended?.content ?? content);
	useEffect(() => {
		const left = new AbortController();
		client.convert.mend({ content, from, delimiter }, { signal: left.signal }).then(setMended, (thrown: unknown) => !left.signal.aborted && setError(thrown));
		return () => left.abort();
	}, [content, from, delimiter]);
	const accept = () => {
		if (mended === null) return;
		setOrder({ from });
		setContent(proposed);
		onClose();
	};
	// Where nothing of its form is left a model makes records of it, by fields that the reader sees.
	const toRecords = () => {
		setText(content);
		void navigate('/convert/records');
	};
	return (
		<Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="lg" fullWidth>
			<DialogTitle id={titleId}>{t('mend.title', { format: formatNames[from] })}</DialogTitle>
			<DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
				<ErrorNotice error={error} />
				{mended !== null && <Changes mended={mended} isLeft={repaired !== null && repaired.places.length > 0 && mended.isWhole} />}
				{mended !== null && <RepairByModel source={source} from={from} isInstead={mended.isWhole} by={byModel} />}
				{repaired?.isWhole === true && (
					<Box role="status">
						<StateLabel tone="good" label={t('repair.whole')} />
					</Box>
				)}
				{mended !== null && <Difference was={content} becomes={proposed} label={t('mend.difference')} />}
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={toRecords} sx={{ mr: 'auto' }}>
					{t('mend.byModel')}
				</Button>
				<Button color="inherit" onClick={onClose}>
					{ui('cancel')}
				</Button>
				<Button variant="contained" disabled={mended === null || byModel.busy !== null || proposed === content} onClick={accept}>
					{t('mend.accept')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}

/** What the rules did: each with how often, and the lines. */
function Changes({ mended: { changes, total, isWhole }, isLeft }: { mended: Mended; isLeft: boolean }) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	// A model did it in their place.
	if (isLeft) return null;
	return (
		<Box>
			<Box role="status">
				<StateLabel tone={isWhole ? 'good' : 'warn'} label={t(isWhole ? 'mend.whole' : total === 0 ? 'mend.none' : 'mend.partly')} />
			</Box>
			<Box component="ul" sx={{ m: 0, mt: 1, p: 0, listStyle: 'none', maxHeight: 160, overflow: 'auto' }}>
				{groupChanges(changes).map(({ rule, lines }) => (
					<Box component="li" key={rule} sx={{ display: 'flex', gap: 2, py: 0.25 }}>
						<Typography sx={{ flex: 'none', minWidth: 280 }}>{t(`rules.${rule}`)}</Typography>
						<Typography sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums', minWidth: 0 }}>
							{t('mend.lines', {
								count: lines.length,
								lines:
									lines
										.slice(0, 12)
										.map((line) => format.number(line))
										.join(', ') + (lines.length > 12 ? ' …' : ''),
							})}
						</Typography>
					</Box>
				))}
			</Box>
		</Box>
	);
}

/** What changes, as a text in which every change is marked. */
function Difference({ was, becomes, label }: { was: string; becomes: string; label: string }) {
	const host = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const view = new EditorView({
			parent: host.current ?? document.body,
			state: EditorState.create({
				doc: becomes,
				extensions: [
					...[codeLook, EditorView.cspNonce.of(pageNonce), lineNumbers(), EditorView.lineWrapping, EditorState.readOnly.of(true)],
					...[
						EditorView.contentAttributes.of({ 'aria-label': label }),
						unifiedMergeView({ original: was, mergeControls: false, collapseUnchanged: { margin: 3, minSize: 6 } }),
					],
				],
			}),
		});
		return () => view.destroy();
	}, [was, becomes, label]);
	return <Box ref={host} sx={{ height: 320, border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden' }} />;
}
