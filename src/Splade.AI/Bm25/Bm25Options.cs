using Microsoft.Extensions.Logging;
using Splade.AI.Lexical;

namespace Splade.AI;

/// <summary>Provides the options of a <see cref="Bm25EmbeddingGenerator"/>. The defaults are those of FastEmbed's <c>Qdrant/bm25</c> for English.</summary>
/// <remarks>Read once when the generator is created; later changes have no effect.</remarks>
public sealed class Bm25Options
{
    private const double MaxK = 1000;

    /// <summary>Gets or sets k, the saturation of a term's frequency: the lower, the sooner more occurrences stop to count.</summary>
    /// <value>From 0, where only the first occurrence counts, to 1000. The default is 1.2.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of that range.</exception>
    public double K
    {
        get;
        set => field = value is >= 0 and <= MaxK ? value : throw new ArgumentOutOfRangeException(
            nameof(K), value, $"Expected the saturation of a frequency, from 0 to {MaxK}, usually from 0.5 to 2.");
    } = 1.2;

    /// <summary>Gets or sets b, the normalisation by length: the higher, the more longer documents are held back.</summary>
    /// <value>From 0, where length does not count, to 1. The default is 0.75.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of that range.</exception>
    public double B
    {
        get;
        set => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(B), value, "Expected how much the length of documents counts, from 0 to 1.");
    } = .75;

    /// <summary>Gets or sets the number of words that a document has on average, stop words not counted.</summary>
    /// <remarks>
    /// A document's vector is made without the others, so that the average is a constant. Set it to that of your texts:
    /// <c>embeddings.Average(e =&gt; e.TokenCount)</c> of a sample. Another average means other vectors.
    /// </remarks>
    /// <value>At least 1 and finite. The default is 256.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1, infinite or not a number.</exception>
    public double AverageLength
    {
        get;
        set => field = value >= 1 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(AverageLength), value, "Expected the number of words of an average document, 1 or more.");
    } = 256;

    /// <summary>Gets or sets the length of the longest words that count, in characters (Unicode code points). Longer ones are left out.</summary>
    /// <value>At least 1. The default is 40.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxTokenLength
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxTokenLength));
            field = value;
        }
    } = 40;

    /// <summary>Gets or sets the rule that finds the words of a text.</summary>
    /// <value>
    /// The default is <see cref="WordCutter.Words"/>, FastEmbed's rule, which cannot cut Chinese, Japanese, Thai, Lao and Khmer: a warning is logged when
    /// it meets them. For Chinese, Japanese and Korean take <see cref="WordCutter.WordsAndCjkBigrams"/>.
    /// </value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public WordCutter WordCutter
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(WordCutter));
    } = WordCutter.Words;

    /// <summary>Gets or sets the rule that cuts words to their stems.</summary>
    /// <value>The default is <see cref="WordStemmer.English"/>. For other languages give one of your own, or <see cref="WordStemmer.None"/>.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public WordStemmer Stemmer
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Stemmer));
    } = WordStemmer.English;

    /// <summary>Gets or sets the words that are left out. They are compared in lower case, before words are stemmed.</summary>
    /// <value>
    /// The default is the English list of the Snowball project. FastEmbed's own is NLTK's: for its numbers, give that of its folder
    /// (<see cref="ReadStopWords"/>). An empty set leaves nothing out.
    /// </value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>, or a word in it is.</exception>
    public IReadOnlyCollection<string> StopWords
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(StopWords));
            foreach (string word in value)
            {
                ArgumentNullException.ThrowIfNull(word, nameof(StopWords));
            }

            field = value;
        }
    } = StopWordList.English;

    /// <summary>Gets or sets where words that had to be left out, and scripts that cannot be cut, are reported: each once by a generator.</summary>
    /// <value>The default is no logging. Texts are never logged.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Reads the stop words of a language from a folder such as that of <c>Qdrant/bm25</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="language">The language, which names the file: <c>english</c> for <c>english.txt</c>, one word a line, in UTF-8.</param>
    /// <returns>The words, for <see cref="StopWords"/>.</returns>
    /// <exception cref="ArgumentException">The folder or the language is null, empty or blank, or the language is a path.</exception>
    /// <exception cref="SpladeModelException">The file is missing, or cannot be read as such a list.</exception>
    public static IReadOnlySet<string> ReadStopWords(string folder, string language = "english")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(language);
        return language.All(char.IsLetter) ? StopWordList.Read(Path.Combine(folder, $"{language}.txt")) : throw new ArgumentException(
            $"'{language}' is not the name of a language. Expected letters only, such as 'english'.", nameof(language));
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public Bm25Options Clone() => (Bm25Options)MemberwiseClone();
}
