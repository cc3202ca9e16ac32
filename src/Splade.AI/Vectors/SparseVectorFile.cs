using System.Runtime.CompilerServices;
using Splade.AI.Vectors.Files;

namespace Splade.AI;

/// <summary>
/// Reads and writes vectors in files: in a compact binary form with exact weights, about 6 bytes per entry, and checksums; or as lines of JSON.
/// </summary>
/// <remarks>
/// <para>
/// Safe for concurrent use on different streams. Streams stay open. Memory holds some hundred kilobytes, or one vector where that is more.
/// All vectors of a file have the same <see cref="SparseVector.Dimensions"/>, which the file states.
/// </para>
/// <para>
/// Reading throws <see cref="InvalidDataException"/>, with the place, for a file that is cut short, was changed, or goes on after its end.
/// Vectors before that place have been handed out by then, and are good. The format is described in
/// <c>VectorFiles/VectorFileFormat.cs</c>.
/// </para>
/// </remarks>
public static partial class SparseVectorFile
{
    /// <summary>Writes vectors, which are read once.</summary>
    /// <exception cref="ArgumentException">
    /// A vector is null or has other dimensions than the first, or takes more than 64 MiB with its id, or the id is no valid text. The
    /// file then has no end, and does not pass for a whole one.
    /// </exception>
    public static void Write(Stream stream, IEnumerable<SavedVector> vectors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(vectors);
        var encoder = new VectorFileEncoder();
        foreach (SavedVector saved in vectors)
        {
            encoder.Add(saved, nameof(vectors));
            if (encoder.IsFull)
            {
                stream.Write(encoder.TakeBlock().Span);
            }
        }

        stream.Write(encoder.TakeEnd().Span);
    }

    /// <inheritdoc cref="Write"/>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<SavedVector> vectors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(vectors);
        var encoder = new VectorFileEncoder();
        await foreach (SavedVector saved in vectors.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            encoder.Add(saved, nameof(vectors));
            if (encoder.IsFull)
            {
                await stream.WriteAsync(encoder.TakeBlock(), cancellationToken).ConfigureAwait(false);
            }
        }

        await stream.WriteAsync(encoder.TakeEnd(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the vectors of a file, in order, as the result is read.</summary>
    /// <exception cref="InvalidDataException">The file is not one of these, or is damaged; thrown where the damage is met.</exception>
    public static IEnumerable<SavedVector> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ReadBlocks(stream);
    }

    /// <inheritdoc cref="Read"/>
    public static IAsyncEnumerable<SavedVector> ReadAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ReadBlocksAsync(stream, cancellationToken);
    }

    private static IEnumerable<SavedVector> ReadBlocks(Stream stream)
    {
        var decoder = new VectorFileDecoder();
        while (!decoder.Wanted.IsEmpty)
        {
            int read = stream.ReadAtLeast(decoder.Wanted.Span, decoder.Wanted.Length, throwOnEndOfStream: false);
            foreach (SavedVector saved in decoder.Accept(read))
            {
                yield return saved;
            }
        }
    }

    private static async IAsyncEnumerable<SavedVector> ReadBlocksAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var decoder = new VectorFileDecoder();
        while (!decoder.Wanted.IsEmpty)
        {
            int read = await stream.ReadAtLeastAsync(decoder.Wanted, decoder.Wanted.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            foreach (SavedVector saved in decoder.Accept(read))
            {
                yield return saved;
            }
        }
    }
}
