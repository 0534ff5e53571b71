import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client.ts';
import { notifyError } from '../../ui/notify.ts';

/** In which language Homeroom speaks; it does at once. */
export function LanguageChoice({ labelId }: { labelId: string }) {
	const { i18n } = useTranslation();
	return (
		<Box sx={{ px: 2, py: 1.5 }}>
			<ToggleButtonGroup
				exclusive
				size="small"
				aria-labelledby={labelId}
				value={i18n.language}
				onChange={(_event, language: 'en' | 'zh' | null) => {
					if (language !== null) client.settings.set({ language }).catch(notifyError);
				}}
			>
				<ToggleButton value="en" lang="en">
					English
				</ToggleButton>
				<ToggleButton value="zh" lang="zh-Hans">
					中文
				</ToggleButton>
			</ToggleButtonGroup>
		</Box>
	);
}
