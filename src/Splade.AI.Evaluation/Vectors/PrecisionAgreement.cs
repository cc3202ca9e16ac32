using System.Globalization;

namespace Splade.AI.Evaluation;

/// <summary>Represents the agreement of two engines' vectors on given texts, for example of those of Exact and <see cref="Precision.Fast"/>.</summary>
/// <remarks>Immutable. Agreement of vectors, not of search results: <see cref="SparsePruningReport"/> shows how to measure those.</remarks>
public sealed record PrecisionAgreement
{
    /// <summary>The number of a text's heaviest terms that are compared.</summary>
    public const int Top = 10;

    /// <summary>Enough texts to keep the workers of an engine busy.</summary>
    private const int Window = 256;

    internal PrecisionAgreement()
    {
    }

    /// <summary>Gets the number of texts that were encoded.</summary>
    public required int Texts { get; init; }

    /// <summary>Gets the mean cosine of a text's two vectors.</summary>
    public required double MeanCosine { get; init; }

    /// <summary>Gets the cosine of the text whose vectors agree least.</summary>
    public required double MinCosine { get; init; }

    /// <summary>Gets the mean share of a text's <see cref="Top"/> heaviest terms that are among the <see cref="Top"/> heaviest of its other vector.</summary>
    public required double MeanTopOverlap { get; init; }

    /// <summary>Gets the mean number of active dimensions of a vector of the reference.</summary>
    public required double MeanActiveDimensions { get; init; }

    /// <summary>Gets the mean share by which the number of a text's active dimensions changes, up or down: 0.05 for 100 that become 95 or 105.</summary>
    public required double MeanActiveDimensionsDrift { get; init; }

    /// <summary>Compares Exact with <see cref="Precision.Fast"/> on documents, with default options otherwise.</summary>
    /// <param name="modelFolder">The model's folder. It is loaded twice.</param>
    /// <param name="texts">Texts, enumerated once; a few hundred are held at a time.</param>
    /// <param name="progress">Told how many texts are done, after every few hundred; null for nobody.</param>
    /// <param name="cancellationToken">Observed between and within runs of the model.</param>
    /// <exception cref="ArgumentException">There are no texts, or one is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="SpladeModelException">The model cannot be loaded, fails on a text, or cannot be run in Fast precision.</exception>
    public static async Task<PrecisionAgreement> MeasureAsync(
        string modelFolder, IEnumerable<string> texts, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        SpladeEngine exact = await SpladeEngine.CreateAsync(modelFolder, cancellationToken).ConfigureAwait(false);
        await using (exact.ConfigureAwait(false))
        {
            var options = new SpladeEngineOptions(modelFolder) { Precision = Precision.Fast };
            SpladeEngine fast = await SpladeEngine.CreateAsync(options, cancellationToken).ConfigureAwait(false);
            await using (fast.ConfigureAwait(false))
            {
                RequireFast(fast);
                PrecisionAgreement agreement = await MeasureAsync(exact, fast, texts, options: null, progress, cancellationToken).ConfigureAwait(false);

                // An inference-free model has loaded its ONNX file only now.
                RequireFast(fast);
                return agreement;
            }
        }
    }

    /// <summary>Compares two engines on the same texts.</summary>
    /// <param name="reference">The engine whose vectors are wanted.</param>
    /// <param name="compared">The engine whose vectors are compared with them. It has the same vocabulary.</param>
    /// <param name="texts">Texts, enumerated once; a few hundred are held at a time.</param>
    /// <param name="options">Queries or documents, prompts and limits; null for documents and the engines' own limits.</param>
    /// <param name="progress">Told how many texts are done, after every few hundred; null for nobody.</param>
    /// <param name="cancellationToken">Observed between and within runs of the models.</param>
    /// <exception cref="ArgumentException">There are no texts, one is null, or the engines' vocabularies differ in size.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">An engine has been disposed.</exception>
    /// <exception cref="SpladeModelException">A model failed on a text.</exception>
    public static async Task<PrecisionAgreement> MeasureAsync(
        SpladeEngine reference,
        SpladeEngine compared,
        IEnumerable<string> texts,
        SpladeEncodingOptions? options = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(compared);
        ArgumentNullException.ThrowIfNull(texts);
        SameDimensions.Require(compared.Vocabulary.Count, reference.Vocabulary.Count, nameof(compared));
        var sums = new AgreementSums();
        foreach (string[] window in texts.Chunk(Window))
        {
            IReadOnlyList<SpladeEncoding> wanted = await reference.EncodeAsync(window, options, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<SpladeEncoding> found = await compared.EncodeAsync(window, options, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < window.Length; i++)
            {
                sums.Add(wanted[i].Vector, found[i].Vector);
            }

            progress?.Report(sums.Texts);
        }

        return sums.Texts > 0 ? sums.ToAgreement() : throw new ArgumentException("There are no texts, expected at least one.", nameof(texts));
    }

    /// <summary>Returns the report in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Texts} texts: cosine {MeanCosine:F4} (least {MinCosine:F4}), top-{Top} overlap {MeanTopOverlap:P1}, "
        + $"active dimensions {MeanActiveDimensions:F1} (drift {MeanActiveDimensionsDrift:P1})");

    private static void RequireFast(SpladeEngine engine)
    {
        if (engine.PrecisionFallbackReason is string reason)
        {
            throw new SpladeModelException($"There is nothing to compare: Fast precision is not available, because {reason}.", engine.Model.ModelFile);
        }
    }
}
