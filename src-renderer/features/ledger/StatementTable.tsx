import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementLine } from '#contract/ledger.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { Term } from '../../ui/Term.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { lineKind } from './lineKind.ts';

const rowHeightPx = 40;

const columns = {
	display: 'grid',
	alignItems: 'center',
	columnGap: 2,
	px: 2,
	gridTemplateColumns: '168px minmax(0, 1.4fr) minmax(0, 1fr) 92px 92px 100px',
	'& > *': { minWidth: 0 },
	'& > .number': { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
	'@container (max-width: 760px)': {
		gridTemplateColumns: '168px minmax(0, 1.4fr) minmax(0, 1fr) 92px',
		'& > .detail': { display: 'none' },
	},
} as const;

interface Props {
	lines: readonly StatementLine[];
	/** There are more than were read. */
	hasMore: boolean;
	/** What the table scrolls in. */
	scroller: RefObject<HTMLDivElement | null>;
	/** The reader comes near the end of what was read. */
	onEnd: () => void;
}

/** The lines of a statement. Only the rows in view are drawn, and those further down are read as the reader comes near. */
export function StatementTable({ lines, hasMore, scroller, onEnd }: Props) {
	const { t } = useTranslation('ledger');
	return (
		<VirtualTable
			items={lines}
			rowPx={rowHeightPx}
			columns={columns}
			scroller={scroller}
			label={t('statement.table')}
			head={<Head />}
			row={(line) => <LineCells line={line} />}
			onNearEnd={hasMore ? onEnd : null}
			sx={{ flex: 'none' }}
		/>
	);
}

function Head() {
	const { t } = useTranslation('ledger');
	return (
		<>
			<Box role="columnheader">{t('columns.at')}</Box>
			<Box role="columnheader">{t('columns.what')}</Box>
			<Box role="columnheader">{t('columns.model')}</Box>
			<Box role="columnheader" className="number detail">
				{t('columns.prompt')}
			</Box>
			<Box role="columnheader" className="number detail">
				{t('columns.completion')}
			</Box>
			<Box role="columnheader" className="number">
				<Term name="token">{t('columns.tokens')}</Term>
			</Box>
		</>
	);
}

function LineCells({ line }: { line: StatementLine }) {
	const format = useFormat();
	const isWork = line.kind === 'work';
	return (
		<>
			<Typography noWrap role="cell" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
				{format.date(line.at, true)}
			</Typography>
			<What line={line} />
			<Typography noWrap role="cell" dir="auto" title={line.modelName ?? ''} sx={{ color: 'text.secondary' }}>
				{line.modelName}
			</Typography>
			<Box role="cell" className="number detail" sx={{ color: 'text.secondary' }}>
				{isWork && format.number(line.promptTokens)}
			</Box>
			<Box role="cell" className="number detail" sx={{ color: 'text.secondary' }}>
				{isWork && format.number(line.completionTokens)}
			</Box>
			<Tokens line={line} />
		</>
	);
}

/** What a line did to the balance, with its sign; what took nothing from it stands there without one. */
function Tokens({ line: { tokens, isMetered } }: { line: StatementLine }) {
	const { t } = useTranslation('ledger');
	const format = useFormat();
	const colour = !isMetered ? 'text.secondary' : tokens > 0 ? 'success.main' : 'text.primary';
	return (
		<Box role="cell" className="number" title={isMetered ? '' : t('statement.unmetered')} sx={{ color: colour }}>
			{isMetered ? format.signed(tokens) : format.number(Math.abs(tokens))}
		</Box>
	);
}

/** What a line is of, in words; work that still runs says what is set aside for it. */
function What({ line }: { line: StatementLine }) {
	const { t } = useTranslation('ledger');
	const format = useFormat();
	const kind = lineKind(line);
	return (
		<Box role="cell" sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
			<Typography noWrap sx={{ minWidth: 0 }}>
				{kind === 'work' ? line.task && t(`task.${line.task}`) : t(`kind.${kind}`)}
				{line.charges > 1 && (
					<Box component="span" sx={{ color: 'text.secondary' }}>
						{' '}
						{t('statement.charges', { count: line.charges, charges: format.number(line.charges) })}
					</Box>
				)}
				{line.note && (
					<Box component="span" title={t(`note.${line.note}`)} sx={{ color: 'text.secondary' }}>
						{' · '}
						{t(`note.${line.note}`)}
					</Box>
				)}
			</Typography>
			{line.reserved > 0 && <StateLabel tone="busy" label={t('statement.open', { tokens: format.number(line.reserved) })} />}
		</Box>
	);
}
