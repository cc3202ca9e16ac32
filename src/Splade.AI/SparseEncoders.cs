using Microsoft.Extensions.AI;
using Splade.AI.BgeM3;
using Splade.AI.Explanation;
using Splade.AI.ModelFiles;

namespace Splade.AI;

/// <summary>Opens the sparse encoder of a folder, whichever it is: SPLADE, inference-free models among them, BM42 or BGE-M3.</summary>
/// <remarks>
/// The kind is told by what the folder holds, and never guessed. What else there is has an entry of its own: BM25 needs no folder
/// (<see cref="Bm25EmbeddingGenerator"/>), miniCOIL is no embedding generator (<see cref="MiniCoilEncoder"/>), and encoders on servers are in Splade.AI.Remote.
/// </remarks>
public static class SparseEncoders
{
    /// <summary>Opens the sparse encoder of a folder with default options.</summary>
    /// <param name="modelFolder">The model's folder.</param>
    /// <param name="cancellationToken">Observed while the model is loaded.</param>
    /// <inheritdoc cref="OpenAsync(SpladeEngineOptions, CancellationToken)"/>
    public static Task<IEmbeddingGenerator<string, SparseEmbedding>> OpenAsync(string modelFolder, CancellationToken cancellationToken = default) =>
        OpenAsync(new SpladeEngineOptions(modelFolder), cancellationToken);

    /// <summary>Opens the sparse encoder of a folder, or of a model's name if the options have a hub.</summary>
    /// <param name="options">
    /// Where the model is and how it is run. <see cref="SpladeEngineOptions.Precision"/>, <see cref="SpladeEngineOptions.Activation"/>,
    /// <see cref="SpladeEngineOptions.DropSpecialTokens"/> and <see cref="SpladeEngineOptions.Policy"/> are SPLADE's: for another kind they must be unset.
    /// </param>
    /// <param name="cancellationToken">Observed while the model is loaded.</param>
    /// <returns>
    /// A generator that owns the model: disposing it frees that. As services it gives its <see cref="SparseModelIdentity"/>, its
    /// <see cref="ISparseExplainer"/>, and what is under it: a <see cref="SpladeEngine"/>, <see cref="Bm42EmbeddingGenerator"/> or <see cref="BgeM3Encoder"/>.
    /// </returns>
    /// <exception cref="SpladeModelException">
    /// A file is missing or wrong, or the folder holds no sparse encoder; the message says what opens what it holds.
    /// </exception>
    /// <exception cref="ArgumentException">The options ask for what the encoder does not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the model was loaded.</exception>
    public static async Task<IEmbeddingGenerator<string, SparseEmbedding>> OpenAsync(
        SpladeEngineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RequireModelFolder(nameof(options));
        var own = (SpladeEngineOptions)await options.ResolveAsync(cancellationToken).ConfigureAwait(false);
        own.Hub = null;
        EncoderKind? kind = await Task.Run(() => KindOf(ModelFolder.Read(own.ModelFolder), own.ModelFile), cancellationToken).ConfigureAwait(false);
        switch (kind)
        {
            case EncoderKind.Splade:
                return await SpladeEmbeddingGenerator.CreateAsync(own, cancellationToken).ConfigureAwait(false);
            case EncoderKind.Bm42:
                RequireNothingOfSplade(own, "BM42");
                return await Bm42EmbeddingGenerator.CreateAsync(own.ToKind<Bm42Options>(), cancellationToken).ConfigureAwait(false);
            case EncoderKind.BgeM3:
                RequireNothingOfSplade(own, "BGE-M3");
                BgeM3Encoder encoder = await BgeM3Encoder.CreateAsync(own.ToKind<BgeM3Options>(), cancellationToken).ConfigureAwait(false);
                return encoder.ToOwningGenerator();
            default:
                throw Refuse(ModelFolder.Read(own.ModelFolder), kind);
        }
    }

    /// <summary>Tells which kind of model a folder holds. Whether it is whole and supported, opening it says.</summary>
    /// <param name="modelFolder">The folder.</param>
    /// <returns>The kind; null if nothing in the folder says it.</returns>
    /// <exception cref="SpladeModelException">There is no such folder, or a file in it is wrong.</exception>
    public static EncoderKind? KindOf(string modelFolder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelFolder);
        return KindOf(ModelFolder.Read(modelFolder), modelFile: null);
    }

    // An export of BGE-M3 with all heads in its graph has no file of its own beside it, but outputs that only it has.
    private static EncoderKind? KindOf(ModelFolder files, string? modelFile) => EncoderKinds.Of(files)
        ?? (files.Modules is null && ForeignLayout.Describe(files) is null && BgeM3Folder.IsExportIn(files, modelFile) ? EncoderKind.BgeM3 : null);

    private static SpladeModelException Refuse(ModelFolder files, EncoderKind? kind)
    {
        string found = kind switch
        {
            EncoderKind.Dense => "a dense model, which goes to DenseEmbeddingGenerator",
            EncoderKind.MiniCoil => "miniCOIL, which goes to MiniCoilEncoder: its values are of either sign, so that it is no embedding generator",
            EncoderKind.Bm25 => "the word lists of BM25, and no model: BM25 is new Bm25EmbeddingGenerator(), and Bm25Options.ReadStopWords reads the lists",
            _ => ForeignLayout.Describe(files) ?? "a model that nothing there says the kind of: no modules.json, and none of the files and outputs that "
                + "BM42 and BGE-M3 have",
        };
        return new SpladeModelException($"The folder holds {found}. Expected a sparse encoder: SPLADE, BM42 or BGE-M3.", files.Path);
    }

    private static void RequireNothingOfSplade(SpladeEngineOptions options, string kind)
    {
        (string Name, bool IsSet)[] settings =
        [
            (nameof(SpladeEngineOptions.Precision), options.Precision != Precision.Exact),
            (nameof(SpladeEngineOptions.Activation), options.Activation is not null),
            (nameof(SpladeEngineOptions.DropSpecialTokens), options.DropSpecialTokens),
            (nameof(SpladeEngineOptions.Policy), options.Policy is not null),
        ];
        if (settings.FirstOrDefault(setting => setting.IsSet).Name is string name)
        {
            throw new ArgumentException($"The options set {name}, which {kind} does not have: it is SPLADE's. Leave it unset.", nameof(options));
        }
    }
}
