namespace Splade.AI.Ingest;

/// <summary>Cuts texts into passages at their headings, paragraphs, lines and words, so that a model reads each to its end.</summary>
/// <remarks>Immutable; safe for concurrent use as long as the counting is.</remarks>
public sealed class PassageSplitter
{
    private const int DefaultMaxLength = 200;

    private readonly Func<string, int> _count;
    private readonly int _maxLength;
    private readonly bool _repeatsHeading;

    /// <summary>Initializes a new instance of the <see cref="PassageSplitter"/> class.</summary>
    /// <param name="count">Counts a text in the unit of <paramref name="maxLength"/>, such as the tokens of a model.</param>
    /// <param name="maxLength">How long a passage may be, at least 8. The default, 200, is less than what small dense models read.</param>
    /// <param name="repeatsHeading">Whether each passage begins with the heading that it stands under (lines that begin with <c>#</c>), which a search finds it by.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is below 8.</exception>
    public PassageSplitter(Func<string, int> count, int maxLength = DefaultMaxLength, bool repeatsHeading = true)
    {
        ArgumentNullException.ThrowIfNull(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 8);
        (_count, _maxLength, _repeatsHeading) = (count, maxLength, repeatsHeading);
    }

    /// <summary>Cuts a document.</summary>
    /// <param name="document">The document.</param>
    /// <returns>Its passages; none if there is no word in it.</returns>
    public IEnumerable<string> Split(IngestDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Split(document.Text);
    }

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its passages; none if there is no word in it.</returns>
    public IEnumerable<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string heading = string.Empty;
        bool isBare = false;
        var packed = new List<string>();
        int length = 0;
        foreach (string paragraph in Paragraphs(text))
        {
            bool isHeading = paragraph.StartsWith('#');
            int size = _count(paragraph);
            if (packed.Count > 0 && (isHeading || length + size > _maxLength))
            {
                yield return Join(heading, packed);
                packed.Clear();
                length = 0;
            }

            if (isHeading && _repeatsHeading)
            {
                // What stands under nothing is no heading of a passage, and not lost.
                if (isBare)
                {
                    yield return heading;
                }

                heading = size * 2 <= _maxLength ? paragraph : string.Empty;
                length = heading.Length == 0 ? 0 : size;
                isBare = heading.Length > 0;
                if (isBare)
                {
                    continue;
                }
            }

            int start = packed.Count == 0 && heading.Length > 0 ? _count(heading) : 0;
            foreach (string piece in Fit(paragraph, _maxLength - start))
            {
                isBare = false;
                int pieceSize = _count(piece);
                if (packed.Count > 0 && length + pieceSize > _maxLength)
                {
                    yield return Join(heading, packed);
                    packed.Clear();
                }

                length = packed.Count == 0 ? start + pieceSize : length + pieceSize;
                packed.Add(piece);
            }
        }

        if (packed.Count > 0 || isBare)
        {
            yield return Join(heading, packed);
        }
    }

    private static string Join(string heading, List<string> paragraphs)
    {
        string text = string.Join("\n\n", paragraphs);
        return heading.Length == 0 ? text : text.Length == 0 ? heading : $"{heading}\n\n{text}";
    }

    /// <summary>Runs of lines between empty ones; a heading is one by itself.</summary>
    private static IEnumerable<string> Paragraphs(string text)
    {
        var lines = new List<string>();
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.Length == 0 || line.StartsWith('#'))
            {
                if (lines.Count > 0)
                {
                    yield return string.Join('\n', lines);
                    lines.Clear();
                }

                if (line.Length > 0)
                {
                    yield return line;
                }
            }
            else
            {
                lines.Add(line);
            }
        }

        if (lines.Count > 0)
        {
            yield return string.Join('\n', lines);
        }
    }

    /// <summary>A paragraph in pieces that fit: by halves, at the white space nearest to the middle; where there is none, anywhere but within a character.</summary>
    private IEnumerable<string> Fit(string paragraph, int maxLength)
    {
        if (paragraph.Length < 2 || _count(paragraph) <= maxLength)
        {
            return string.IsNullOrWhiteSpace(paragraph) ? [] : [paragraph];
        }

        int cut = Middle(paragraph);
        return Fit(paragraph[..cut].Trim(), maxLength).Concat(Fit(paragraph[cut..].Trim(), maxLength));
    }

    private static int Middle(string text)
    {
        int middle = text.Length / 2;
        for (int distance = 0; distance < middle; distance++)
        {
            if (char.IsWhiteSpace(text[middle - distance]))
            {
                return middle - distance + 1;
            }

            if (middle + distance < text.Length - 1 && char.IsWhiteSpace(text[middle + distance]))
            {
                return middle + distance + 1;
            }
        }

        return char.IsLowSurrogate(text[middle]) ? middle - 1 == 0 ? middle + 1 : middle - 1 : middle;
    }
}
