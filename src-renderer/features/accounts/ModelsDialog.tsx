import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#contract/accounts.ts';
import { useModels, useOfferedRoutes } from '../../rpc/live.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FormDialog } from './FormDialog.tsx';
import { usePeople } from './peopleStore.ts';
import { useAttempt } from './useAttempt.ts';

/** Which models a person may use: every one, also those that come later, or those that are named. */
export function ModelsDialog({ person, onClose }: { person: Person; onClose: () => void }) {
	const { t } = useTranslation('accounts');
	const groupId = useId();
	const models = useModels();
	const change = usePeople((state) => state.change);
	const [isAll, setAll] = useState(person.modelIds === null);
	const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(person.modelIds));
	const save = useAttempt();
	const routes = useOfferedRoutes();
	// The rights to routes are kept with those to models.
	const offered = [...(models.value?.filter(({ kind }) => kind === 'model') ?? []), ...(routes.value ?? [])];
	return (
		<FormDialog
			title={t('models.title', { name: person.name })}
			submitLabel={t('people.save')}
			isReady={models.value !== null && routes.value !== null}
			attempt={save}
			onSubmit={() =>
				void save.attempt(async () => {
					// A model that was removed since stands for nothing.
					await change(person.id, { modelIds: isAll ? null : offered.map(({ id }) => id).filter((id) => chosen.has(id)) });
					onClose();
				})
			}
			onClose={onClose}
		>
			<ErrorNotice error={models.error ?? routes.error} />
			<RadioGroup aria-label={t('people.models')} value={isAll ? 'all' : 'some'} onChange={(_event, value) => setAll(value === 'all')}>
				<FormControlLabel value="all" control={<Radio size="small" />} label={t('models.all')} />
				<FormControlLabel value="some" control={<Radio size="small" />} label={t('models.some')} />
			</RadioGroup>
			{!isAll && (
				<FormGroup aria-labelledby={groupId} sx={{ pl: 3, maxHeight: 320, overflow: 'auto', flexWrap: 'nowrap' }}>
					<Typography id={groupId} variant="caption" sx={{ color: 'text.secondary' }}>
						{offered.length === 0 ? t('models.none') : t('models.chosen', { count: offered.filter(({ id }) => chosen.has(id)).length })}
					</Typography>
					{offered.map(({ id, name }) => (
						<FormControlLabel
							key={id}
							label={name}
							control={
								<Checkbox
									size="small"
									checked={chosen.has(id)}
									onChange={(_event, isChosen) => setChosen(new Set(isChosen ? [...chosen, id] : [...chosen].filter((each) => each !== id)))}
								/>
							}
						/>
					))}
				</FormGroup>
			)}
		</FormDialog>
	);
}
