import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Assignment, FoundQuestion } from '#contract/grading.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import type { AdditionForm } from './AdditionForm.ts';

const none = '';
const longest = 60;

/** Which question of the class each one of what is added answers. With one on either side there is nothing to choose. */
export function PlacesFields({ form, assignment, questions }: { form: AdditionForm; assignment: Assignment; questions: readonly FoundQuestion[] }) {
	const { t } = useTranslation('grading');
	const places = form.use((state) => state.places ?? state.compared?.places ?? null);
	if (places === null || (assignment.questions.length === 1 && questions.length === 1)) return null;
	const nameOf = (id: string) => assignment.questions.find((question) => question.id === id)?.name ?? t('add.noQuestion');
	const missing = assignment.questions.filter(({ id }) => !places.includes(id));
	return (
		<Box component="section" aria-label={t('add.places')}>
			<Typography variant="h2" sx={{ mb: 1.5 }}>
				{t('add.places')}
			</Typography>
			<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))', gap: 2, maxHeight: 280, overflow: 'auto', pt: 1 }}>
				{questions.map(({ heading, name }, at) => (
					<SelectField
						key={heading}
						label={shorten(heading || t('add.files')) || name}
						value={places[at] ?? none}
						options={[none, ...assignment.questions.map(({ id }) => id)]}
						name={nameOf}
						onChange={(id) => form.place(at, id === none ? null : id)}
					/>
				))}
			</Box>
			{missing.length > 0 && (
				<Typography sx={{ mt: 1, color: 'text.secondary' }}>{t('add.missing', { questions: missing.map(({ name }) => name).join(', ') })}</Typography>
			)}
		</Box>
	);
}

function shorten(heading: string): string {
	return heading.length > longest ? `${heading.slice(0, longest - 1).trimEnd()}…` : heading;
}
