using Splade.AI.Search;
using Splade.AI.Search.Dense;
using Splade.AI.Search.Segments;

namespace Splade.AI.Tests.Search.Storage;

public sealed class DenseIndexFolderTests
{
    [Theory]
    [InlineData(1, 3, SimilarityFunction.Cosine)]
    [InlineData(2, 40, SimilarityFunction.Dot)]
    public async Task Open_AfterRandomWrites_FindsWhatAnIndexInMemoryFinds(int seed, int dimensions, SimilarityFunction similarity)
    {
        const int Keys = 100;
        using var folder = new TemporaryFolder();
        var vectors = new GeneratedVectors(seed);
        var model = new DenseIndex<long>(similarity);
        for (int round = 0; round < Trials.Of(4, slow: 10); round++)
        {
            using DenseIndex<long> sut = Open(folder.PathOf("index"), similarity);
            for (int step = 0; step < 10; step++)
            {
                long[] removed = [.. Enumerable.Range(0, vectors.Next(9)).Select(_ => (long)vectors.Next(Keys))];
                (long, ReadOnlyMemory<float>)[] added =
                    [.. Enumerable.Range(0, vectors.Next(20)).Select(_ => ((long)vectors.Next(Keys), (ReadOnlyMemory<float>)vectors.Dense(dimensions)))];
                Assert.Equal(model.Remove(removed), sut.Remove(removed));
                model.Upsert(added);
                sut.Upsert(added);
            }

            if (round % 4 == 3)
            {
                await sut.ForceMergeAsync();
            }

            float[] query = vectors.Dense(dimensions);
            Assert.Equal(model.Search(query, 30), sut.Search(query, 30));
            Assert.Equal(model.Keys, sut.Keys);
            Assert.All(model.Keys, key => Assert.Equal(Values(model, key), Values(sut, key)));
        }
    }

    private static DenseIndex<long> Open(string folder, SimilarityFunction similarity)
    {
        var table = new SegmentedTable<long, DenseVector>(new DenseSegments(similarity)) { TableRows = 8 };
        table.Open(folder, new SearchIndexOptions(), CancellationToken.None);
        return new DenseIndex<long>(similarity, options: null, table);
    }

    private static float[] Values(DenseIndex<long> index, long key) => index.TryGet(key, out ReadOnlyMemory<float> vector) ? vector.ToArray() : [];
}
