using Splade.AI;
using Splade.Cli.Terminal;

namespace Splade.Cli.Serving;

/// <summary>The models of a server, loaded.</summary>
internal sealed class ServedModels : IAsyncDisposable
{
    private ServedModels(SparseModel sparse) => Sparse = sparse;

    public SparseModel Sparse { get; }

    public DenseEmbeddingGenerator? Dense { get; private set; }

    public CrossEncoderReranker? Reranker { get; private set; }

    /// <summary>What the sparse vectors depend on. Files were read for it.</summary>
    public SparseModelIdentity Identity { get; private set; } = null!;

    public static async Task<ServedModels> LoadAsync(ServeSettings settings, CancellationToken cancellationToken)
    {
        var models = new ServedModels(await Models.LoadSparseAsync(settings.Folder, settings.Engine, cancellationToken).ConfigureAwait(false));
        try
        {
            if (settings.DenseFolder is string dense)
            {
                models.Dense = await Models.LoadDenseAsync(dense, settings.Engine, cancellationToken).ConfigureAwait(false);
            }

            if (settings.RerankFolder is string reranker)
            {
                models.Reranker = await Models.LoadRerankerAsync(reranker, settings.Engine, cancellationToken).ConfigureAwait(false);
            }

            models.Identity = models.Sparse.Identity;
            return models;
        }
        catch
        {
            await models.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Sparse.DisposeAsync().ConfigureAwait(false);
        if (Dense is not null)
        {
            await Dense.DisposeAsync().ConfigureAwait(false);
        }

        if (Reranker is not null)
        {
            await Reranker.DisposeAsync().ConfigureAwait(false);
        }
    }
}
