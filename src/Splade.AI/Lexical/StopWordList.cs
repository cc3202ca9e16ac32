using System.Collections.Frozen;
using System.Text;
using Splade.AI.Files;

namespace Splade.AI.Lexical;

/// <summary>Lists of words that are too frequent to tell texts apart, one word a line.</summary>
internal static class StopWordList
{
    private const string EnglishResource = "SnowballEnglishStopWords.txt";

    private static readonly Lazy<FrozenSet<string>> Default = new(ReadEnglish);

    /// <summary>The English list of the Snowball project.</summary>
    public static IReadOnlySet<string> English => Default.Value;

    /// <summary>Reads a file in UTF-8.</summary>
    /// <exception cref="SpladeModelException">It is missing, cannot be read, is too large, or is not UTF-8.</exception>
    public static IReadOnlySet<string> Read(string path)
    {
        byte[] bytes = CheckedFile.ReadAllBytes(path, CheckedFile.MaxSettings);
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Lines(reader).ToFrozenSet(StringComparer.Ordinal);
        }
        catch (DecoderFallbackException e)
        {
            throw new SpladeModelException("The stop words are not UTF-8. Expected one word a line in that encoding; save the file in it.", path, e);
        }
    }

    // The first lines are the licence.
    private static FrozenSet<string> ReadEnglish()
    {
        using Stream stream = typeof(StopWordList).Assembly.GetManifestResourceStream(EnglishResource)!;
        using var reader = new StreamReader(stream);
        return Lines(reader).Where(line => line[0] != '#').ToFrozenSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Lines(TextReader reader)
    {
        while (reader.ReadLine() is string line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
