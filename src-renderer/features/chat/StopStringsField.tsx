import Autocomplete from '@mui/material/Autocomplete';
import Chip from '@mui/material/Chip';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { readStopString, showStopString } from './stopString.ts';

const mostStopStrings = 8;
const longestStopString = 200;

/** The texts that end an answer, as chips: Enter adds one. Line ends are typed and shown as `\n`. */
export function StopStringsField({ value, onCommit }: { value: string[]; onCommit: (value: string[]) => void }) {
	const { t } = useTranslation('chat');
	const commit = (shown: string[]) => {
		const stops = shown.map(readStopString).filter((stop) => stop !== '' && stop.length <= longestStopString);
		onCommit([...new Set(stops)].slice(0, mostStopStrings));
	};
	return (
		<Autocomplete
			multiple
			freeSolo
			options={[]}
			value={value.map(showStopString)}
			onChange={(_event, shown: string[]) => commit(shown)}
			renderValue={(shown, itemProps) =>
				shown.map((stop, index) => {
					const { key, ...props } = itemProps({ index });
					return <Chip key={key} label={stop} {...props} />;
				})
			}
			renderInput={(props) => <TextField {...props} label={t('settings.stop')} helperText={t('settings.stopHelp')} />}
		/>
	);
}
