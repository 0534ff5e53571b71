import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Term } from '#contract/glossary.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notify } from '../../ui/notify.ts';
import { addTerm, restoreTerm, settleTerms, useGlossary } from './glossaryStore.ts';
import { TermForm } from './TermForm.tsx';
import { TermRow } from './TermRow.tsx';

/** More would take long to draw; whoever looks for one of so many finds it. */
const mostShown = 200;
const findFrom = 12;

/** The terms of the open glossary: what was proposed to be confirmed or refused, then what is confirmed. Those that `said` holds, a text in small letters, are marked. `empty` is said where there are none. */
export function GlossaryTerms({ said, empty }: { said: string; empty: string }) {
	const { t } = useTranslation('subtitles');
	const { terms, error } = useGlossary();
	const [isAdding, setAdding] = useState(false);
	const [sought, setSought] = useState('');
	const isSought = ({ source, target, note }: Term) => `${source}\n${target}\n${note}`.toLowerCase().includes(sought.trim().toLowerCase());
	const proposed = terms?.filter((term) => term.state === 'proposed' && isSought(term)) ?? [];
	const confirmed = terms?.filter((term) => term.state === 'confirmed' && isSought(term)) ?? [];
	const isSaid = ({ source }: Term) => said.includes(source.toLowerCase());
	const settleAll = () =>
		settleTerms(
			proposed.map(({ id }) => id),
			'confirmed',
		);
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
			<ErrorNotice error={error} />
			{terms?.length === 0 && !isAdding && <Typography sx={{ color: 'text.secondary' }}>{empty}</Typography>}
			{isAdding ? (
				<TermForm
					onKeep={async (fields) => {
						const added = await addTerm(fields);
						if (added === null) return;
						setAdding(false);
						const { replaced } = added;
						if (replaced)
							notify(t('glossary.replaced', { source: replaced.source, target: replaced.target }), async () => void (await restoreTerm(replaced.id)));
					}}
					onClose={() => setAdding(false)}
				/>
			) : (
				<Button variant="outlined" size="small" onClick={() => setAdding(true)} sx={{ alignSelf: 'flex-start' }}>
					{t('glossary.add')}
				</Button>
			)}
			{(terms?.length ?? 0) >= findFrom && (
				<TextField
					type="search"
					size="small"
					label={t('glossary.find')}
					value={sought}
					onChange={(event) => setSought(event.target.value)}
					slotProps={{ htmlInput: { dir: 'auto' } }}
				/>
			)}
			{sought.trim() !== '' && proposed.length + confirmed.length === 0 && <Typography sx={{ color: 'text.secondary' }}>{t('glossary.notFound')}</Typography>}
			{proposed.length > 0 && (
				<Terms
					title={t('glossary.proposed', { count: proposed.length })}
					terms={proposed}
					isSaid={isSaid}
					action={
						<Button size="small" color="inherit" onClick={() => void settleAll()}>
							{t('glossary.confirmAll')}
						</Button>
					}
				/>
			)}
			{confirmed.length > 0 && <Terms title={t('glossary.confirmed', { count: confirmed.length })} terms={confirmed} isSaid={isSaid} />}
		</Box>
	);
}

function Terms({ title, terms, isSaid, action }: { title: string; terms: readonly Term[]; isSaid: (term: Term) => boolean; action?: ReactNode }) {
	const { t } = useTranslation('subtitles');
	return (
		<Box component="section" aria-label={title}>
			<Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', minHeight: 32 }}>
				<Typography variant="h2">{title}</Typography>
				{action}
			</Box>
			<Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
				{terms.slice(0, mostShown).map((term) => (
					<TermRow key={term.id} term={term} isSaid={isSaid(term)} />
				))}
			</Box>
			{terms.length > mostShown && <Typography sx={{ color: 'text.secondary', mt: 1 }}>{t('glossary.more', { count: terms.length - mostShown })}</Typography>}
		</Box>
	);
}
