using Splade.AI.Evaluation;
using Splade.AI.Hybrid;
using Splade.AI.Search;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.Evaluation;

/// <summary>The embedded models on Cranfield, against the figures of the reference implementations.</summary>
public sealed class CranfieldTests
{
    private const int Depth = 100;

    [SlowSharedFact]
    public async Task Runs_OfBothModelsAndTheirFusions_HaveTheReferenceFigures()
    {
        var dataset = EvaluationDataset.Open(Path.Combine(Repository.Shared!, "data", "cranfield"));
        string[] texts = [.. dataset.Queries.Select(query => query.Text)];
        EvaluationDocument[] documents = [.. dataset.ReadDocuments()];
        var sparseIndex = new SparseIndex<string>();
        var denseIndex = new DenseIndex<string>();
        SparseVector[] sparse;
        ReadOnlyMemory<float>[] dense;
        using (SpladeEngine engine = await SpladeEngine.CreateAsync(Path.Combine(Repository.Models, "splade-tiny")))
        {
            IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync([.. documents.Select(d => d.FullText)]);
            sparseIndex.Upsert(documents.Zip(encodings, (d, e) => (d.Id, e.Vector)));
            var options = new SpladeEncodingOptions { InputType = SpladeInputType.Query };
            sparse = [.. (await engine.EncodeAsync(texts, options)).Select(e => e.Vector)];
        }

        using (DenseEmbeddingGenerator generator = await DenseEmbeddingGenerator.CreateAsync(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8")))
        {
            var embeddings = await generator.GenerateAsync(documents.Select(d => d.FullText));
            denseIndex.Upsert(documents.Zip(embeddings, (d, e) => (d.Id, e.Vector)));
            dense = [.. (await generator.GenerateAsync(texts)).Select(e => e.Vector)];
        }

        HybridCandidates<string>[] candidates = [.. Enumerable.Range(0, texts.Length).Select(i => new HybridCandidates<string>(
            sparseIndex.Search(sparse[i], Depth), denseIndex.Search(dense[i], Depth), id => sparseIndex.Score(id, sparse[i]), id => denseIndex.Score(id, dense[i])))];
        RunEvaluation Evaluate(Func<HybridCandidates<string>, IEnumerable<SearchHit<string>>> rank) => RunEvaluation.Of(
            new RetrievalRun("run", dataset.Queries.Zip(candidates, (query, found) => (query.Id, rank(found).Take(Depth)))),
            dataset.Judgments,
            dataset.Queries.Select(query => query.Id));
        RunEvaluation sparseRun = Evaluate(found => found.Sparse), denseRun = Evaluate(found => found.Dense);
        RunEvaluation rrf = Evaluate(HybridFusion.Default.Fuse), minMax = Evaluate(HybridFusion.MinMax().Fuse);

        RequireNear(sparseRun, .3267, .7259, .5261, .002);
        RequireNear(denseRun, .3555, .7759, .5391, .002);
        RequireNear(rrf, .3714, .7924, .5757, .01);
        RequireNear(minMax, .3739, .7935, .5659, .01);
        Assert.All([rrf, minMax], fused => Assert.True(fused.MeanOf(EvaluationMetric.NdcgAt10) > denseRun.MeanOf(EvaluationMetric.NdcgAt10)));
    }

    private static void RequireNear(RunEvaluation run, double ndcg, double recall, double mrr, double tolerance)
    {
        Assert.Equal(ndcg, run.MeanOf(EvaluationMetric.NdcgAt10), tolerance);
        Assert.Equal(recall, run.MeanOf(EvaluationMetric.RecallAt100), tolerance);
        Assert.Equal(mrr, run.MeanOf(EvaluationMetric.MrrAt10), tolerance);
    }
}
