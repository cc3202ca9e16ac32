namespace Splade.AI.Tools;

/// <summary>What language models are told of the functions and their parameters, wherever these are offered.</summary>
public static class SpladeToolDescriptions
{
    /// <summary>Of all functions together.</summary>
    public const string All =
        "Search by learned sparse vectors (SPLADE): what words a text can be found by, why a document matches a query, and hybrid search.";

    /// <summary>Of <see cref="SpladeTool.Encode"/>.</summary>
    public const string Encode =
        "Shows what a search engine with learned sparse vectors (SPLADE) understands of a text: the weighted terms it is indexed under. "
        + "'literal' terms stand in the text, the others were added by the model as related. Use it to see which words a text can be found by.";

    /// <summary>Of <see cref="SpladeTool.Explain"/>.</summary>
    public const string Explain =
        "Explains why a document matches a search query, or does not: the terms both share, what each contributes to the score, and the "
        + "terms of the query that the document lacks. A match without any 'literal' term rests on related words only.";

    /// <summary>Of <see cref="SpladeTool.Compare"/>.</summary>
    public const string Compare =
        "Ranks texts by how well they match a search query, and tells for each the terms that made it match. 'index' is a text's place in "
        + "the given list, from 0. Use it to pick the best of several texts, or to see why one is ahead.";

    /// <summary>Of <see cref="SpladeTool.ExpandQuery"/>.</summary>
    public const string ExpandQuery =
        "Turns a search query into weighted keywords: its own words that matter, and related words that a document may use instead. "
        + "Use it to search with an engine that finds exact words only.";

    /// <summary>Of <see cref="SpladeTool.Search"/>, with <c>{0}</c> for what the texts are about.</summary>
    public const string Search = "Searches {0}" + WhatSearchReturns;

    /// <summary>Of <see cref="SpladeTool.Search"/>, where nobody said what the texts are about.</summary>
    public const string SearchOfUnknownCorpus = "Searches " + UnknownCorpus + WhatSearchReturns;

    /// <summary>Of <see cref="SpladeTool.ReadPassage"/>.</summary>
    public const string ReadPassage =
        "Returns the text of a passage that the search found, where its excerpt is not enough. Of a very long one it is the beginning.";

    /// <summary>Of the <c>text</c> to encode.</summary>
    public const string TextToEncode = "The text to encode.";

    /// <summary>Of a <c>query</c> that is encoded.</summary>
    public const string Query = "The search query.";

    /// <summary>Of a <c>query</c> that is searched for.</summary>
    public const string Wanted = "What to search for, in natural language.";

    /// <summary>Of the <c>document</c> to explain.</summary>
    public const string Document = "The text of the document.";

    /// <summary>Of the <c>documents</c> to compare.</summary>
    public const string Documents = "The texts to rank.";

    /// <summary>Of the <c>id</c> of a passage.</summary>
    public const string PassageId = "The id of the passage, exactly as the search returned it.";

    /// <summary>Of the <c>input_type</c> of a text.</summary>
    public const string InputType = "Whether the text is a document to be found or a query: some models read them differently.";

    /// <summary>Of the <c>mode</c> of a search.</summary>
    public const string Mode = "What to rank by.";

    /// <summary>Of <c>top</c> for the terms of a text.</summary>
    public const string HeaviestTerms = "How many terms to list, the heaviest first.";

    /// <summary>Of <c>top</c> for the terms of a match.</summary>
    public const string LargestContributions = "How many terms to list, the largest contribution first.";

    /// <summary>Of <c>top</c> for compared texts.</summary>
    public const string BestTexts = "How many of the texts to return, the best first.";

    /// <summary>Of <c>top</c> for the words that a query is expanded by.</summary>
    public const string AddedWords = "How many related words to add, the heaviest first.";

    /// <summary>Of <c>top</c> for passages that are searched.</summary>
    public const string BestPassages = "How many passages to return, the best first.";

    internal const string UnknownCorpus = "stored documents";

    private const string WhatSearchReturns =
        " and returns the best passages, each with an excerpt, its id, and the reason for its place. "
        + "Mode 'hybrid' finds by words and by meaning and is best for questions; 'sparse' is best for names and terms, 'dense' for paraphrases.";
}
