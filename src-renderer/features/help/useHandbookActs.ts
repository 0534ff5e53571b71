import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { Act } from '../../ui/Act.ts';
import { notifyError } from '../../ui/notify.ts';
import { handbookPages } from './handbookPages.ts';
import { type Handbook, loadHandbook } from './loadHandbook.ts';
import { searchHandbooks } from './searchHandbook.ts';

const mostSections = 6;

/**
 * What of the handbook can be gone to from everywhere: without words its pages, with some the sections that hold them all, in whichever language;
 * they are called as the reader's language calls them.
 */
export function useHandbookActs(): (typed: string) => Act[] {
	const navigate = useNavigate();
	const { pathname, search } = useLocation();
	const { i18n } = useTranslation();
	const language = i18n.language === 'zh' ? 'zh' : 'en';
	const [books, setBooks] = useState<{ own: Handbook; other: Handbook } | null>(null);
	useEffect(() => {
		let isWanted = true;
		Promise.all([loadHandbook(language), loadHandbook(language === 'zh' ? 'en' : 'zh')])
			.then(([own, other]) => isWanted && setBooks({ own: own.pages, other: other.pages }))
			.catch(notifyError);
		return () => {
			isWanted = false;
		};
	}, [language]);
	const from = `${pathname}${search}`;
	return useCallback(
		(typed) => {
			const act = (place: string, label: Act['label'], detail: NonNullable<Act['detail']>): Act => ({
				...{ id: `help.${place}`, kind: 'page', label, detail },
				run: () => navigate(`/help/${place}`, { state: { from } }),
			});
			if (typed.trim() === '') {
				return handbookPages.map((id) =>
					act(
						id,
						(t) => t(`help:pages.${id}`),
						(t) => t('help:title'),
					),
				);
			}
			return (books === null ? [] : searchHandbooks(books, typed).slice(0, mostSections)).map(({ page, sectionId, title, pageTitle }) =>
				act(
					sectionId === '' ? page : `${page}/${sectionId}`,
					() => title || pageTitle,
					(t) => [t('help:title'), ...(title === '' ? [] : [pageTitle])].join(' · '),
				),
			);
		},
		[books, navigate, from],
	);
}
