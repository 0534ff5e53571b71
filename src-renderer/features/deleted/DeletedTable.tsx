import BinIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeletedThing } from '#contract/deleted.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { notify, notifyError } from '../../ui/notify.ts';
import { RowCell, RowHead, rowGrid } from '../../ui/RowCell.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { purgeThing, restoreThing, useDeleted } from './deletedStore.ts';
import { placeOfDeleted } from './placeOfDeleted.ts';

const rowPx = 52;
const columns = rowGrid('minmax(160px, 3fr) minmax(96px, 1fr) minmax(112px, 1fr) minmax(112px, 1fr) 176px');
const names = ['what', 'kind', 'deletedAt', 'keptUntil', 'acts'] as const;

/** The deleted things, each with a way back and one out for good. */
export function DeletedTable({ things, scroller }: { things: readonly DeletedThing[]; scroller: RefObject<HTMLDivElement | null> }) {
	const { t } = useTranslation('deleted');
	const [asked, setAsked] = useState<DeletedThing | null>(null);
	const nameOf = useNameOf();
	return (
		<>
			<VirtualTable
				items={things}
				rowPx={rowPx}
				columns={columns}
				scroller={scroller}
				label={t('title')}
				head={<RowHead names={names} numbers={['acts']} nameOf={(name) => t(`column.${name}`)} />}
				row={(thing) => <ThingCells thing={thing} onPurge={setAsked} />}
				sx={{ minWidth: 760, flex: 'none' }}
			/>
			<ConfirmDialog
				open={asked !== null}
				title={t('purgeTitle', { name: asked ? nameOf(asked) : '' })}
				confirmLabel={t('purge')}
				isDestructive
				onConfirm={async () => {
					if (asked && !(await purgeThing(asked))) notify(t('gone', { name: nameOf(asked) }));
				}}
				onClose={() => setAsked(null)}
			>
				<Typography>{asked && t(`purgeText.${asked.kind}`)}</Typography>
			</ConfirmDialog>
		</>
	);
}

function ThingCells({ thing, onPurge }: { thing: DeletedThing; onPurge: (thing: DeletedThing) => void }) {
	const { t } = useTranslation('deleted');
	const format = useFormat();
	const name = useNameOf()(thing);
	const isBack = useDeleted(({ restored }) => restored.has(thing.id));
	const { kind, heading, deletedAt, keptUntil } = thing;
	const restore = async () => {
		notify(t((await restoreThing(thing)) ? 'restored' : 'gone', { name }));
	};
	return (
		<>
			<Box role="cell" sx={{ minWidth: 0 }}>
				<Typography noWrap dir="auto" title={name} sx={{ fontWeight: 550 }}>
					{name}
				</Typography>
				{heading !== '' && (
					<Typography variant="caption" noWrap dir="auto" component="div" sx={{ color: 'text.secondary' }}>
						{heading}
					</Typography>
				)}
			</Box>
			<RowCell isQuiet>{t(`kinds.${kind}`)}</RowCell>
			<RowCell isQuiet title={format.date(deletedAt, true)}>
				{format.moment(deletedAt)}
			</RowCell>
			<RowCell isQuiet title={format.date(keptUntil, true)}>
				{isBack ? '' : keptUntil > Date.now() ? format.date(keptUntil) : t('nextStart')}
			</RowCell>
			<Box role="cell" sx={{ display: 'flex', justifyContent: 'flex-end', alignItems: 'center', gap: 0.5 }}>
				{isBack ? (
					<Button size="small" autoFocus component={Link} to={placeOfDeleted(thing)} aria-label={t('openNamed', { name })}>
						{t('open')}
					</Button>
				) : (
					<>
						<Button size="small" variant="outlined" aria-label={t('restoreNamed', { name })} onClick={() => void restore().catch(notifyError)}>
							{t('restore')}
						</Button>
						<SymbolButton label={t('purgeNamed', { name })} onClick={() => onPurge(thing)}>
							<BinIcon fontSize="small" />
						</SymbolButton>
					</>
				)}
			</Box>
		</>
	);
}

/** What a thing is called; one without a name is called that. */
function useNameOf(): (thing: DeletedThing) => string {
	const { t } = useTranslation('deleted');
	return ({ title }) => title || t('untitled');
}
