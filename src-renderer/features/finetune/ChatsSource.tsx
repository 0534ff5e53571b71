import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { CheckedList } from './CheckedList.tsx';
import { choose, useNewDataset } from './newDatasetStore.ts';
import { useAsked } from './useAsked.ts';

const ask = () => client.chat.list();

/** Chooses the conversations that are learnt from. */
export function ChatsSource() {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const { value: conversations, error } = useAsked(ask);
	const chosen = useNewDataset((state) => state.conversationIds);
	const begun = conversations?.filter(({ leafId }) => leafId !== null);
	return (
		<>
			<ErrorNotice error={error} />
			{begun?.length === 0 && (
				<>
					<Typography>{t('datasets.source.noChats')}</Typography>
					<Button variant="outlined" size="small" component={Link} to="/chat" sx={{ alignSelf: 'start' }}>
						{t('datasets.source.toChat')}
					</Button>
				</>
			)}
			{begun !== undefined && begun.length > 0 && (
				<CheckedList
					label={t('datasets.source.conversations')}
					items={begun.map(({ id, title, updatedAt }) => ({ id, title, detail: format.moment(updatedAt) }))}
					checkedIds={chosen}
					onChange={(conversationIds) => choose({ conversationIds })}
				/>
			)}
		</>
	);
}
