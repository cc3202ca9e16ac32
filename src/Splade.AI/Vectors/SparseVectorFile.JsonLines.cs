using System.Runtime.CompilerServices;
using System.Text;
using Splade.AI.Vectors.Files;

namespace Splade.AI;

/// <content>Vectors as lines of JSON.</content>
public static partial class SparseVectorFile
{
    /// <summary>
    /// Writes vectors as lines of JSON, for exchange with other programs: <c>{"id":"a","indices":[3,7],"values":[0.5,1.25],"dimensions":30522}</c>.
    /// </summary>
    /// <param name="stream">The file, which stays open.</param>
    /// <param name="vectors">The vectors, which are read once. They may differ in their dimensions.</param>
    /// <remarks>
    /// Every line is written with its <c>dimensions</c>, so that files can be cut, mixed and joined by line; <c>id</c> is left out where there
    /// is none. Weights are written with as many digits as it takes to read the same number back.
    /// </remarks>
    /// <exception cref="ArgumentException">A vector is null, or an id is no valid text.</exception>
    public static void WriteJsonLines(Stream stream, IEnumerable<SavedVector> vectors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(vectors);
        foreach (SavedVector saved in vectors)
        {
            stream.Write(VectorLine.Format(saved, nameof(vectors)));
        }
    }

    /// <inheritdoc cref="WriteJsonLines"/>
    public static async Task WriteJsonLinesAsync(Stream stream, IAsyncEnumerable<SavedVector> vectors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(vectors);
        await foreach (SavedVector saved in vectors.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await stream.WriteAsync(VectorLine.Format(saved, nameof(vectors)), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the vectors of a file of JSON lines, in order, as the result is read. Memory holds one line.</summary>
    /// <remarks>
    /// For files of other programs too. A line without <c>dimensions</c> takes those that the caller states; indices may be in any order; an
    /// <c>id</c> may be a number; other properties are passed over, and so are blank lines. Anything else that is no vector throws
    /// <see cref="InvalidDataException"/> with the number of the line.
    /// </remarks>
    /// <param name="stream">The file, in UTF-8.</param>
    /// <param name="dimensions">
    /// The size of the space, for lines that do not state it: the model's vocabulary size. A line that states another is refused. Null
    /// takes the lines' word for it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    /// <exception cref="InvalidDataException">A line is no vector, or nobody states its dimensions.</exception>
    public static IEnumerable<SavedVector> ReadJsonLines(Stream stream, int? dimensions = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions ?? 1, 1, nameof(dimensions));
        return ReadLines(stream, dimensions);
    }

    /// <inheritdoc cref="ReadJsonLines"/>
    public static IAsyncEnumerable<SavedVector> ReadJsonLinesAsync(Stream stream, int? dimensions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions ?? 1, 1, nameof(dimensions));
        return ReadLinesAsync(stream, dimensions, cancellationToken);
    }

    private static IEnumerable<SavedVector> ReadLines(Stream stream, int? dimensions)
    {
        using StreamReader reader = Open(stream);
        for (long number = 1; ; number++)
        {
            string? line;
            try
            {
                line = reader.ReadLine();
            }
            catch (DecoderFallbackException problem)
            {
                throw NoText(number, problem);
            }

            if (line is null)
            {
                yield break;
            }

            if (VectorLine.Parse(line, number, dimensions) is SavedVector saved)
            {
                yield return saved;
            }
        }
    }

    private static async IAsyncEnumerable<SavedVector> ReadLinesAsync(
        Stream stream, int? dimensions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader reader = Open(stream);
        for (long number = 1; ; number++)
        {
            string? line;
            try
            {
                line = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (DecoderFallbackException problem)
            {
                throw NoText(number, problem);
            }

            if (line is null)
            {
                yield break;
            }

            if (VectorLine.Parse(line, number, dimensions) is SavedVector saved)
            {
                yield return saved;
            }
        }
    }

    private static StreamReader Open(Stream stream) =>
        new(stream, StrictUtf8.Encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);

    // Lines are found in text that was read ahead.
    private static InvalidDataException NoText(long number, DecoderFallbackException problem) =>
        new($"Line {number}, or one soon after it, is not UTF-8: {problem.Message}", problem);
}
