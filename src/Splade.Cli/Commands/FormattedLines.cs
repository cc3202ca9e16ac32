using Splade.AI;
using Splade.AI.VectorFormats;
using Splade.Cli.Lines;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Encoded lines in the format of an engine: documents for its bulk endpoint, or queries.</summary>
internal sealed class FormattedLines(FormatSettings settings, IReadOnlyList<string>? vocabulary, bool areQueries)
{
    private readonly SparseVectorFormatOptions _options = WithVocabulary(settings.Options, vocabulary);

    /// <exception cref="CommandFailedException">The engine would refuse one of them, or change it.</exception>
    public string Write(IReadOnlyList<InputLine> lines, IReadOnlyList<SpladeEncoding> encodings, long linesBefore) =>
        areQueries
            ? string.Concat(encodings.Select((encoding, i) => $"{WriteQuery(encoding.Vector, linesBefore + i + 1)}\n"))
            : settings.Format.ToBulk(lines.Select((line, i) => KeyValuePair.Create(InputId.ToText(line.Id, linesBefore + i + 1), encodings[i].Vector)), _options);

    private string WriteQuery(SparseVector query, long line)
    {
        try
        {
            return settings.Format.ToQuery(query, _options);
        }
        catch (ArgumentException e)
        {
            throw new CommandFailedException($"Line {line} of the input: {ErrorText.Of(e)}", e);
        }
    }

    private static SparseVectorFormatOptions WithVocabulary(SparseVectorFormatOptions options, IReadOnlyList<string>? vocabulary)
    {
        options = options.Clone();
        options.Vocabulary = vocabulary;
        return options;
    }
}
