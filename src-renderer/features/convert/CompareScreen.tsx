import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { Outputs } from '#contract/contract.ts';
import { convertLimits } from '#contract/convertLimits.ts';
import type { FormatName } from '#contract/convertOrder.ts';
import { client } from '../../rpc/client.ts';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { TwoPanes } from '../../ui/TwoPanes.tsx';
import { CodePane, type ShownPlace } from './CodePane.tsx';
import { differenceUnseen } from './differenceUnseen.ts';
import { FormatField } from './FormatField.tsx';
import { acceptOf, useFormats } from './formatStore.ts';
import { PaneHead } from './PaneHead.tsx';
import { PlaceRow } from './PlaceRow.tsx';

type Compared = Outputs['convert']['diff'];

interface Side {
	content: string;
	from: FormatName | null;
	place: ShownPlace | null;
}

const empty: Side = { content: '', from: null, place: null };
const useSides = create<Record<'left' | 'right', Side>>(() => ({ left: empty, right: empty }));
const change = (side: 'left' | 'right', changes: Partial<Side>) => useSides.setState((state) => ({ [side]: { ...state[side], ...changes } }));

/** Compares two sources as values, whatever formats they are in; a difference leads to its lines. */
export function CompareScreen() {
	const { t } = useTranslation('convert');
	const { left, right } = useSides();
	const [compared, setCompared] = useState<Compared | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [isBusy, setBusy] = useState(false);
	const compare = async () => {
		setBusy(true);
		setError(null);
		setCompared(null);
		try {
			const [one, other] = [left, right].map(({ content, from }) => ({ content, from }));
			if (one && other) setCompared(await client.convert.diff({ left: one, right: other }));
		} catch (thrown) {
			setError(thrown);
		} finally {
			setBusy(false);
		}
	};
	const isReady = left.content.trim() !== '' && right.content.trim() !== '';
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0, overflow: 'auto' }}>
			<PageHeader
				title={t('title')}
				action={
					<Button variant="contained" loading={isBusy} disabled={!isReady} onClick={() => void compare()}>
						{t('compare.act')}
					</Button>
				}
			/>
			<TwoPanes>
				<SidePane side="left" />
				<SidePane side="right" />
			</TwoPanes>
			<Box component="section" aria-label={t('compare.differences')} sx={{ flex: 'none', height: '32%', minHeight: 120, overflow: 'auto', px: 3, py: 1.5 }}>
				<ErrorNotice error={error} />
				{compared !== null && <Differences compared={compared} />}
				{compared === null && error === null && <Typography sx={{ color: 'text.secondary' }}>{t('compare.text')}</Typography>}
			</Box>
		</Box>
	);
}

function SidePane({ side }: { side: 'left' | 'right' }) {
	const { t } = useTranslation('convert');
	const { content, from, place } = useSides((state) => state[side]);
	const { formats } = useFormats();
	const [found, setFound] = useState<FormatName | null>(null);
	const take = async ([file]: readonly File[]) => {
		if (!file) return;
		const answer = await client.convert.detect({ file: new File([file.slice(0, convertLimits.textCharacters)], file.name), fileName: file.name.slice(-1_000) });
		if (answer.content === null) return;
		setFound(answer.format);
		change(side, { content: answer.content, from: null, place: null });
	};
	return (
		<Box
			component="section"
			aria-label={t(`compare.${side}`)}
			sx={{
				...{ display: 'flex', flexDirection: 'column', minHeight: 0, minWidth: 0 },
				...(side === 'right' && { borderLeft: 1, borderColor: 'divider' }),
			}}
		>
			<PaneHead acts={<ChooseFiles label={t('compare.choose')} accept={acceptOf(formats)} onFiles={(files) => void take(files).catch(notifyError)} />}>
				<FormatField
					label={t(`compare.${side}`)}
					value={from}
					found={found}
					formats={formats ?? []}
					isFound
					onChange={(format) => change(side, { from: format })}
				/>
			</PaneHead>
			<CodePane
				label={t(`compare.${side}`)}
				text={content}
				format={from ?? found}
				hint={t('compare.hint')}
				place={place}
				onChange={(text) => change(side, { content: text })}
			/>
		</Box>
	);
}

function Differences({ compared: { differences, total } }: { compared: Compared }) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	return (
		<>
			<Box role="status">
				{total === 0 ? (
					<StateLabel tone="good" label={t('compare.same')} />
				) : (
					<StateLabel tone="warn" label={t('compare.found', { count: total, number: format.number(total) })} />
				)}
			</Box>
			<Box component="ul" sx={{ m: 0, mt: 1, p: 0, listStyle: 'none' }}>
				{differences.map(({ path, kind, left, right, leftLine, rightLine }) => (
					<PlaceRow
						key={`${path} ${kind}`}
						line={leftLine ?? rightLine}
						where={path}
						what={
							kind === 'changed'
								? [`${left} → ${right}`, differenceUnseen(left ?? '', right ?? '')].filter(Boolean).join(' · ')
								: t(`compare.kinds.${kind}`, { value: left ?? right ?? '' })
						}
						onPlace={() => {
							if (rightLine !== null) change('right', { place: { line: rightLine, column: 1 } });
							if (leftLine !== null) change('left', { place: { line: leftLine, column: 1 } });
						}}
					/>
				))}
			</Box>
		</>
	);
}
