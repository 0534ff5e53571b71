import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Assignment } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { type DeskFilter, type DeskOrder, deskFilters, deskOrders, passesFilter } from './arrangeDesk.ts';
import { setFilter, setOrder, useDesk } from './deskStore.ts';

/** Which answers the desk shows, with how many there are of each kind, and in which order. */
export function DeskChoices({ assignment, answers, jobActive }: { assignment: Assignment; answers: Answer[]; jobActive: boolean }) {
	const { t } = useTranslation('grading');
	const filter = useDesk((state) => state.filter);
	const order = useDesk((state) => state.order);
	const view = useDesk((state) => state.view);
	const marker = useDesk((state) => state.marker);
	const namesShown = useDesk((state) => state.namesShown);
	const filters = marker === 'first' ? deskFilters : (['all', 'notGraded', 'settled'] as const);
	// By name, or from the list's order, one could tell who is who.
	const orders = deskOrders.filter((name) => (name !== 'name' || !assignment.blind || namesShown) && (name !== 'doubt' || marker === 'first'));
	return (
		<>
			<FilterField answers={answers} filters={filters} filter={filter} eye={{ marker, jobActive }} />
			{view === 'question' && (
				<TextField
					select
					value={orders.includes(order) ? order : 'table'}
					// A menu gives back the value of one of its items.
					onChange={(event) => setOrder(event.target.value as DeskOrder)}
					slotProps={{ select: { SelectDisplayProps: { 'aria-label': t('desk.order.label') } } }}
					sx={{ minWidth: 0, '& .MuiSelect-select': { py: 0.625 } }}
				>
					{orders.map((name) => (
						<MenuItem key={name} value={name}>
							{t(`desk.order.${name}`)}
						</MenuItem>
					))}
				</TextField>
			)}
		</>
	);
}

interface FilterProps {
	answers: Answer[];
	filters: readonly DeskFilter[];
	filter: DeskFilter;
	eye: Parameters<typeof passesFilter>[2];
}

function FilterField({ answers, filters, filter, eye: { marker, jobActive } }: FilterProps) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const counts = useMemo(
		() => new Map(filters.map((name) => [name, answers.filter((answer) => passesFilter(name, answer, { marker, jobActive })).length])),
		[answers, filters, marker, jobActive],
	);
	const words = (name: DeskFilter) => t('filter.counted', { name: t(`filter.${name}`), answers: format.number(counts.get(name) ?? 0) });
	return (
		<TextField
			select
			value={filter}
			// A menu gives back the value of one of its items.
			onChange={(event) => setFilter(event.target.value as DeskFilter)}
			slotProps={{ select: { SelectDisplayProps: { 'aria-label': t('filter.label') } } }}
			sx={{ minWidth: 0, '& .MuiSelect-select': { py: 0.625 } }}
		>
			{filters.map((name) => (
				<MenuItem key={name} value={name} disabled={counts.get(name) === 0 && name !== filter && name !== 'all'}>
					{words(name)}
				</MenuItem>
			))}
		</TextField>
	);
}
