// What the data of a site is held against, as facts: the terms of others that it uses, each with what it is a term for.
// Nothing is fetched: a context that is not here is an error.

const ONE_OF = (text) => text.split(' ');

/** Types of schema.org with their parents. */
export const TYPES = {
  Thing: null,
  CreativeWork: 'Thing',
  Claim: 'CreativeWork',
  Review: 'CreativeWork',
  ClaimReview: 'Review',
  Article: 'CreativeWork',
  Report: 'Article',
  SocialMediaPosting: 'Article',
  MediaObject: 'CreativeWork',
  VideoObject: 'MediaObject',
  AudioObject: 'MediaObject',
  Dataset: 'CreativeWork',
  Quotation: 'CreativeWork',
  Person: 'Thing',
  Organization: 'Thing',
  Place: 'Thing',
  Event: 'Thing',
  Rating: 'Thing',
};

/** Properties of schema.org: the type that has them, and what their values are. */
export const PROPERTIES = Object.fromEntries(
  Object.entries({
    name: 'Thing: Text',
    alternateName: 'Thing: Text',
    url: 'Thing: URL',
    subjectOf: 'Thing: CreativeWork Event',
    text: 'CreativeWork: Text',
    headline: 'CreativeWork: Text',
    inLanguage: 'CreativeWork: Text',
    keywords: 'CreativeWork: Text',
    temporalCoverage: 'CreativeWork: Text Date',
    datePublished: 'CreativeWork: Date',
    author: 'CreativeWork Rating: Person Organization',
    publisher: 'CreativeWork: Person Organization',
    about: 'CreativeWork: Thing',
    archivedAt: 'CreativeWork: URL',
    hasPart: 'CreativeWork: CreativeWork',
    isPartOf: 'CreativeWork: CreativeWork URL',
    appearance: 'Claim: CreativeWork',
    firstAppearance: 'Claim: CreativeWork',
    claimInterpreter: 'Claim: Person Organization',
    claimReviewed: 'ClaimReview: Text',
    itemReviewed: 'Review: Thing',
    reviewRating: 'Review: Rating',
    ratingValue: 'Rating: Number Text',
    bestRating: 'Rating: Number Text',
    worstRating: 'Rating: Number Text',
    ratingExplanation: 'Rating: Text',
    spokenByCharacter: 'Quotation: Person Organization',
  }).map(([name, uses]) => [name, uses.split(': ').map(ONE_OF)]),
);

const ids = (names) => Object.fromEntries(ONE_OF(names).map((name) => [name, { '@type': '@id' }]));

/** Contexts by their address: of each as much as the data uses. */
const CONTEXTS = {
  'https://schema.org': { '@vocab': 'http://schema.org/', ...ids('url archivedAt') },
  'http://www.w3.org/ns/anno.jsonld': annotationContext(),
};

function annotationContext() {
  const of = (prefix, names) => Object.fromEntries(ONE_OF(names).map((name) => [name, prefix + name]));
  const object = (id) => ({ '@id': id, '@type': '@id' });
  const word = (id) => ({ '@id': id, '@type': '@vocab' });
  return {
    oa: 'http://www.w3.org/ns/oa#',
    as: 'http://www.w3.org/ns/activitystreams#',
    dc: 'http://purl.org/dc/elements/1.1/',
    rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
    rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
    id: '@id',
    type: '@type',
    ...of('oa:', 'Annotation TextualBody SpecificResource TextQuoteSelector TextPositionSelector'),
    ...of('oa:', 'classifying describing linking tagging exact prefix suffix start end'),
    ...of('dc:', 'format language'),
    AnnotationCollection: 'as:OrderedCollection',
    AnnotationPage: 'as:OrderedCollectionPage',
    body: object('oa:hasBody'),
    target: object('oa:hasTarget'),
    source: object('oa:hasSource'),
    selector: object('oa:hasSelector'),
    motivation: word('oa:motivatedBy'),
    purpose: word('oa:hasPurpose'),
    items: { ...object('as:items'), '@container': '@list' },
    partOf: object('as:partOf'),
    first: object('as:first'),
    value: 'rdf:value',
    label: 'rdfs:label',
    total: 'as:totalItems',
    startIndex: 'as:startIndex',
  };
}

/** Gives the contexts that are known, and asks nobody for others. */
export async function documentLoader(url) {
  if (!CONTEXTS[url]) throw new Error(`nobody is asked for ${url}`);
  return { contextUrl: null, documentUrl: url, document: { '@context': CONTEXTS[url] } };
}

const text = { type: 'string' };

/** CSL-JSON (CSL 1.0.2) as a JSON Schema: the item types, and the variables that the data uses. */
export const CSL = {
  type: 'array',
  items: {
    type: 'object',
    required: ['type', 'id'],
    additionalProperties: false,
    properties: {
      id: { type: ['string', 'number'] },
      type: {
        enum: ONE_OF(
          'article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection ' +
            'dataset document entry entry-dictionary entry-encyclopedia figure graphic hearing interview legal_case ' +
            'legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance ' +
            'periodical personal_communication post post-weblog regulation report review review-book software song ' +
            'speech standard thesis treaty webpage',
        ),
      },
      title: text,
      author: { type: 'array', items: { type: 'object', additionalProperties: false, properties: { literal: text } } },
      'container-title': text,
      publisher: text,
      issued: {
        type: 'object',
        additionalProperties: false,
        properties: {
          'date-parts': {
            type: 'array',
            minItems: 1,
            maxItems: 2,
            items: { type: 'array', minItems: 1, maxItems: 3, items: { type: ['string', 'number'] } },
          },
          season: { type: ['string', 'number'] },
          circa: { type: ['string', 'number', 'boolean'] },
          literal: text,
        },
      },
      genre: text,
      language: text,
      URL: text,
      note: text,
    },
  },
};

/** Whether a type of schema.org is another or a sort of it. */
export function isSortOf(type, other) {
  for (let it = type; it; it = TYPES[it]) if (it === other) return true;
  return false;
}

const IS_LITERAL = {
  Text: (value) => typeof value === 'string' && value !== '',
  URL: (value) => typeof value === 'string' && value !== '',
  Number: (value) => typeof value === 'number',
  Date: (value) => /^\d{4}(-\d\d(-\d\d)?)?$/.test(value),
};

/** What of a node is no use of schema.org's terms, a line each; `others` are properties of other vocabularies. */
export function misuses(node, others, path = '') {
  if (Array.isArray(node)) return node.flatMap((item, n) => misuses(item, others, `${path}/${n}`));
  if (typeof node !== 'object' || node === null) return [];
  const type = node['@type'];
  const found = [];
  if (type !== undefined && !(type in TYPES)) found.push(`${path}: ${type} is no type`);
  for (const [name, value] of Object.entries(node)) {
    const here = `${path}/${name}`;
    if (name === '@context' || name === '@id' || name === '@type') continue;
    found.push(...misuses(value, others, here));
    if (name === '@graph' || others.includes(name)) continue;
    const [domains, ranges] = PROPERTIES[name] ?? [[], []];
    // A node that is described elsewhere has its type there.
    if (!domains.length) found.push(`${here}: no such property`);
    else if (type && !domains.some((domain) => isSortOf(type, domain))) found.push(`${here}: not of a ${type}`);
    for (const item of [value].flat()) {
      const is = (range) =>
        typeof item === 'object' ? !item['@type'] || isSortOf(item['@type'], range) : IS_LITERAL[range]?.(item);
      if (domains.length && !ranges.some(is)) found.push(`${here}: ${JSON.stringify(item)}`);
    }
  }
  return found;
}
