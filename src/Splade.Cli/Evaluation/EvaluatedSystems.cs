using Splade.AI.Evaluation;
using Splade.AI.Evaluation.Lexical;
using Splade.Cli.Terminal;

namespace Splade.Cli.Evaluation;

/// <summary>Encodes a collection with the models that were asked for, and asks each system every query.</summary>
internal static class EvaluatedSystems
{
    /// <summary>Texts encoded at once: enough for batches of similar lengths, and progress still moves.</summary>
    private const int Window = 128;

    private const string Bm25 = "bm25";
    private const string Bm25Description = "BM25, k1 1.2, b 0.75, English stemmer and stop words";

    public static async Task<IReadOnlyList<EvaluatedSystem>> RunAsync(
        EvalSettings settings, CheckedData data, CancellationToken cancellationToken)
    {
        var models = new List<ITextVectors>();
        try
        {
            foreach (string model in settings.Models)
            {
                SparseModel sparse = await Models.LoadSparseAsync(model, settings.Engine, cancellationToken).ConfigureAwait(false);
                models.Add(new SparseVectorsOfTexts(sparse.Generator, models.Count + 1));
            }

            if (settings.Dense is string folder)
            {
                models.Add(new DenseVectorsOfTexts(await Models.LoadDenseAsync(folder, settings.Engine, cancellationToken).ConfigureAwait(false)));
            }

            return await RunAsync(settings, data, models, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            models.ForEach(vectors => vectors.Dispose());
        }
    }

    private static async Task<IReadOnlyList<EvaluatedSystem>> RunAsync(
        EvalSettings settings, CheckedData data, List<ITextVectors> models, CancellationToken cancellationToken)
    {
        var lexical = new Bm25Index();
        await EncodeAsync(data, lexical, models, cancellationToken).ConfigureAwait(false);

        var systems = new List<EvaluatedSystem>
        {
            new(
                Run(Bm25, data.Queries, (_, query) => data.Own.Search(query.Id, settings.Depth, depth => lexical.Search(query.Text, depth))),
                Bm25Description,
                IsSingle: true),
        };
        systems.AddRange(models.Select(vectors => new EvaluatedSystem(
            Run(vectors.Name, data.Queries, (i, query) => data.Own.Search(query.Id, settings.Depth, depth => vectors.Search(i, depth, cancellationToken))),
            vectors.ModelName,
            IsSingle: true)
        {
            Cost = (vectors as SparseVectorsOfTexts)?.Cost(),
            TruncatedDocuments = vectors.Truncated,
        }));
        var fused = new FusedSystems(data, settings.Depth);
        if (models is [SparseVectorsOfTexts first, .., DenseVectorsOfTexts dense])
        {
            systems.AddRange(fused.Run(first, dense, cancellationToken));
        }

        systems.AddRange(LegSubsets.Of(models).Select(legs => fused.Run(legs, cancellationToken)));

        return systems;
    }

    /// <summary>What the systems are called that are run for these settings.</summary>
    public static IEnumerable<string> NamesOf(EvalSettings settings) =>
    [
        Bm25,
        .. LegNames(settings),
        .. settings.Models.Count == 0 || settings.Dense is null ? [] : FusedSystems.Names,
        .. LegSubsets.Of([.. LegNames(settings)]).Select(LegSubsets.NameOf),
    ];

    private static IEnumerable<string> LegNames(EvalSettings settings) =>
    [
        .. settings.Models.Select((_, i) => SparseVectorsOfTexts.NameOf(i + 1)),
        .. settings.Dense is null ? Array.Empty<string>() : [DenseVectorsOfTexts.SystemName],
    ];

    public static RetrievalRun Run(
        string name, EvaluationQuery[] queries, Func<int, EvaluationQuery, IEnumerable<AI.Search.SearchHit<string>>> search) =>
        new(name, queries.Select((query, i) => (query.Id, search(i, query))));

    private static async Task EncodeAsync(
        CheckedData data, Bm25Index lexical, List<ITextVectors> models, CancellationToken cancellationToken)
    {
        using (var progress = new StageProgress("Documents", data.Check.Documents))
        {
            foreach (EvaluationDocument[] window in data.Dataset.ReadDocuments().Chunk(Window))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Array.ForEach(window, document => lexical.Add(document.Id, document.FullText));
                string[] ids = Array.ConvertAll(window, document => document.Id), texts = Array.ConvertAll(window, document => document.FullText);
                foreach (ITextVectors model in models)
                {
                    await model.AddDocumentsAsync(ids, texts, cancellationToken).ConfigureAwait(false);
                }

                progress.Add(window.Length);
            }
        }

        using (var progress = new StageProgress("Queries", data.Queries.Length))
        {
            foreach (EvaluationQuery[] window in data.Queries.Chunk(Window))
            {
                foreach (ITextVectors model in models)
                {
                    await model.EncodeQueriesAsync(Array.ConvertAll(window, query => query.Text), cancellationToken).ConfigureAwait(false);
                }

                progress.Add(window.Length);
            }
        }
    }
}
