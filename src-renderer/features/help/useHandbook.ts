import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadHandbook, type OpenHandbook } from './loadHandbook.ts';

/** The handbook in the language of the app; null until it is there. */
export function useHandbook(): { handbook: OpenHandbook | null; error: unknown } {
	const { i18n } = useTranslation();
	const language = i18n.language === 'zh' ? 'zh' : 'en';
	const [read, setRead] = useState<{ language: string; handbook: OpenHandbook | null; error: unknown } | null>(null);
	useEffect(() => {
		let isWanted = true;
		loadHandbook(language).then(
			(handbook) => isWanted && setRead({ language, handbook, error: null }),
			(error: unknown) => isWanted && setRead({ language, handbook: null, error }),
		);
		return () => {
			isWanted = false;
		};
	}, [language]);
	return read?.language === language ? read : { handbook: null, error: null };
}
