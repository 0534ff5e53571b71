import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#contract/accounts.ts';

const roles = ['viewer', 'user', 'admin'] as const satisfies readonly Role[];

/** Chooses a role, each with what it may do. */
export function RoleField({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
	const { t } = useTranslation('accounts');
	const id = useId();
	return (
		<div>
			<Typography id={id} variant="caption" sx={{ color: 'text.secondary' }}>
				{t('people.role')}
			</Typography>
			<RadioGroup
				aria-labelledby={id}
				value={value}
				onChange={(_event, chosen) => onChange(roles.find((role) => role === chosen) ?? value)}
				sx={{ gap: 0.5, mt: 0.5 }}
			>
				{roles.map((role) => (
					<FormControlLabel
						key={role}
						value={role}
						control={<Radio size="small" sx={{ py: 0.25 }} />}
						sx={{ alignItems: 'flex-start' }}
						label={
							<>
								<Typography component="span">{t(`role.${role}`)}</Typography>
								<Typography component="span" variant="caption" sx={{ display: 'block', color: 'text.secondary' }}>
									{t(`roleHelp.${role}`)}
								</Typography>
							</>
						}
					/>
				))}
			</RadioGroup>
		</div>
	);
}
