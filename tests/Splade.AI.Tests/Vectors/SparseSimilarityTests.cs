using System.Text.Json;

namespace Splade.AI.Tests.Vectors;

public sealed class SparseSimilarityTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private static readonly SimilarityFunction[] Functions = Enum.GetValues<SimilarityFunction>();

    [Theory]
    [InlineData("similarity_dot", SimilarityFunction.Dot)]
    [InlineData("similarity_query_document", SimilarityFunction.Dot)]
    [InlineData("similarity_cosine", SimilarityFunction.Cosine)]
    [InlineData("similarity_euclidean", SimilarityFunction.Euclidean)]
    [InlineData("similarity_manhattan", SimilarityFunction.Manhattan)]
    public async Task Matrix_EncodedTexts_EqualsSentenceTransformers(string name, SimilarityFunction function)
    {
        (SparseVector[] left, SparseVector[] right, JsonElement reference) = await EncodeAsync(name);
        float[][] expected = reference.GetProperty("matrix").Deserialize<float[][]>()!;

        float[,] actual = SparseSimilarity.Matrix(left, right, function);

        Assert.Equal((expected.Length, expected[0].Length), (actual.GetLength(0), actual.GetLength(1)));
        for (int row = 0; row < left.Length; row++)
        {
            for (int column = 0; column < right.Length; column++)
            {
                AssertClose(expected[row][column], actual[row, column]);
            }
        }
    }

    [Theory]
    [InlineData("similarity_pairwise_dot", "values", SimilarityFunction.Dot)]
    [InlineData("similarity_cosine", "pairwise_first3", SimilarityFunction.Cosine)]
    [InlineData("similarity_euclidean", "pairwise_first3", SimilarityFunction.Euclidean)]
    [InlineData("similarity_manhattan", "pairwise_first3", SimilarityFunction.Manhattan)]
    public async Task Pairwise_EncodedTexts_EqualsSentenceTransformers(string name, string property, SimilarityFunction function)
    {
        (SparseVector[] left, SparseVector[] right, JsonElement reference) = await EncodeAsync(name);
        float[] expected = reference.GetProperty(property).Deserialize<float[]>()!;

        float[] actual = SparseSimilarity.Pairwise(left, right[..left.Length], function);

        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => AssertClose(pair.First, pair.Second));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 40)]
    [InlineData(40, 7)]
    [InlineData(1, 50)]
    [InlineData(50, 3)]
    [InlineData(35, 1100)]
    [InlineData(1100, 35)]
    public void Matrix_GeneratedVectors_EqualsBetweenAndDenseArithmetic(int rows, int columns)
    {
        var random = new RandomVectors(seed: rows, dimensions: 24);
        SparseVector[] left = random.Next(rows);
        SparseVector[] right = random.Next(columns);
        foreach (SimilarityFunction function in Functions)
        {
            float[,] matrix = SparseSimilarity.Matrix(left, right, function);
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    Assert.Equal(SparseSimilarity.Between(left[row], right[column], function), matrix[row, column]);
                    Assert.Equal(Dense(left[row].ToDense(), right[column].ToDense(), function), matrix[row, column], 1e-6);
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Matrix_WeightsOfAnyBits_HasTheBitsOfTheVectorsOwnMethods(int seed)
    {
        var random = new Random(seed);
        SparseVector[] vectors = [.. Enumerable.Range(0, 30).Select(_ =>
            SparseVector.FromDense([.. Enumerable.Range(0, 60).Select(_ => random.Next(3) == 0 ? random.NextSingle() * 3 : 0)]))];

        float[,] dot = SparseSimilarity.Matrix(vectors, vectors);
        float[,] cosine = SparseSimilarity.Matrix(vectors, vectors, SimilarityFunction.Cosine);
        float[,] euclidean = SparseSimilarity.Matrix(vectors, vectors, SimilarityFunction.Euclidean);
        float[,] manhattan = SparseSimilarity.Matrix(vectors, vectors, SimilarityFunction.Manhattan);

        for (int i = 0; i < vectors.Length; i++)
        {
            for (int j = 0; j < vectors.Length; j++)
            {
                Assert.Equal(vectors[i].Dot(vectors[j]), dot[i, j]);
                Assert.Equal(vectors[i].Cosine(vectors[j]), cosine[i, j]);
                Assert.Equal(SparseSimilarity.Between(vectors[i], vectors[j], SimilarityFunction.Euclidean), euclidean[i, j]);
                Assert.Equal(SparseSimilarity.Between(vectors[i], vectors[j], SimilarityFunction.Manhattan), manhattan[i, j]);
            }

            Assert.Equal(0, euclidean[i, i]);
            Assert.Equal(0, manhattan[i, i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Matrix_WeightsOfAnySize_IsOfNumbersAsBetweenGives(int seed)
    {
        var random = new Random(seed);
        float[] sizes = [float.Epsilon, 1e-30f, 1, 1e19f, 1e30f, 3e38f, float.MaxValue];
        SparseVector[] vectors = [.. Enumerable.Range(0, 40).Select(_ =>
            SparseVector.FromDense([.. Enumerable.Range(0, 8).Select(_ => random.Next(2) * sizes[random.Next(sizes.Length)])]))];
        foreach (SimilarityFunction function in Functions)
        {
            float[,] matrix = SparseSimilarity.Matrix(vectors, vectors, function);
            for (int i = 0; i < vectors.Length; i++)
            {
                for (int j = 0; j < vectors.Length; j++)
                {
                    Assert.True(float.IsFinite(matrix[i, j]));
                    Assert.Equal(SparseSimilarity.Between(vectors[i], vectors[j], function), matrix[i, j]);
                }
            }
        }
    }

    [Fact]
    public void Matrix_HugeSpace_TakesNoMemoryForItsDimensions()
    {
        var far = new SparseVector([int.MaxValue - 1], [2f], int.MaxValue);
        Assert.Equal(4, SparseSimilarity.Matrix([far], [far])[0, 0]);
    }

    [Fact]
    public void Matrix_NoVectors_IsEmpty()
    {
        SparseVector[] some = [KnownDocument.Vector];
        Assert.Equal((0, 1), Shape(SparseSimilarity.Matrix([], some)));
        Assert.Equal((1, 0), Shape(SparseSimilarity.Matrix(some, [])));
        Assert.Empty(SparseSimilarity.Pairwise([], []));
    }

    [Fact]
    public void Between_VectorsWithoutEntries_IsZeroOrTheOthersLength()
    {
        var empty = new SparseVector([], [], 10);
        var vector = new SparseVector([1, 2], [3f, 4f], 10);

        Assert.All(Functions, f => Assert.Equal(0, SparseSimilarity.Between(empty, empty, f)));
        Assert.Equal(0, SparseSimilarity.Between(vector, empty, SimilarityFunction.Cosine));
        Assert.Equal(-5, SparseSimilarity.Between(vector, empty, SimilarityFunction.Euclidean));
        Assert.Equal(-7, SparseSimilarity.Between(empty, vector, SimilarityFunction.Manhattan));
        Assert.Equal("0", SparseSimilarity.Between(vector, vector, SimilarityFunction.Manhattan).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Matrix_Cancelled_Ends()
    {
        SparseVector[] vectors = new RandomVectors(1, 20).Next(20);
        var cancelled = new CancellationToken(canceled: true);

        Assert.ThrowsAny<OperationCanceledException>(() => SparseSimilarity.Matrix(vectors, vectors, cancellationToken: cancelled));
    }

    [Fact]
    public void Members_InvalidArguments_NameTheParameter()
    {
        var vector = new SparseVector([1], [1f], 10);
        var other = new SparseVector([1], [1f], 11);

        Assert.Throws<ArgumentNullException>("left", () => SparseSimilarity.Between(null!, vector));
        Assert.Throws<ArgumentNullException>("right", () => SparseSimilarity.Between(vector, null!));
        Assert.Throws<ArgumentException>("right", () => SparseSimilarity.Between(vector, other));
        Assert.Throws<ArgumentOutOfRangeException>("function", () => SparseSimilarity.Between(vector, vector, (SimilarityFunction)9));
        Assert.Throws<ArgumentNullException>("left", () => SparseSimilarity.Matrix(null!, [vector]));
        Assert.Throws<ArgumentNullException>("right", () => SparseSimilarity.Matrix([vector], null!));
        Assert.Throws<ArgumentException>("left", () => SparseSimilarity.Matrix([vector, other], [vector]));
        Assert.Throws<ArgumentException>("right", () => SparseSimilarity.Matrix([vector], [vector, other]));
        Assert.Throws<ArgumentException>("right", () => SparseSimilarity.Matrix([vector], [vector, null!]));
        Assert.Throws<ArgumentOutOfRangeException>("function", () => SparseSimilarity.Matrix([vector], [vector], (SimilarityFunction)(-1)));
        Assert.Throws<ArgumentException>("right", () => SparseSimilarity.Pairwise([vector], [vector, vector]));
        Assert.Throws<ArgumentException>("right", () => SparseSimilarity.Pairwise([vector], [other]));
    }

    private static (int Rows, int Columns) Shape(float[,] matrix) => (matrix.GetLength(0), matrix.GetLength(1));

    private static void AssertClose(float expected, float actual) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-4 * Math.Max(Math.Abs(expected), .1), $"Expected {expected}, found {actual}.");

    private static double Dense(float[] a, float[] b, SimilarityFunction function) => function switch
    {
        SimilarityFunction.Dot => Sum(a, b, (x, y) => x * y),
        SimilarityFunction.Cosine when Sum(a, a, (x, y) => x * y) * Sum(b, b, (x, y) => x * y) == 0 => 0,
        SimilarityFunction.Cosine => Sum(a, b, (x, y) => x * y) / Math.Sqrt(Sum(a, a, (x, y) => x * y) * Sum(b, b, (x, y) => x * y)),
        SimilarityFunction.Euclidean => -Math.Sqrt(Sum(a, b, (x, y) => (x - y) * (x - y))),
        _ => -Sum(a, b, (x, y) => Math.Abs(x - y)),
    };

    private static double Sum(float[] a, float[] b, Func<double, double, double> term) => a.Zip(b, (x, y) => term(x, y)).Sum();

    private async Task<(SparseVector[] Left, SparseVector[] Right, JsonElement Reference)> EncodeAsync(string name)
    {
        JsonElement reference = ApiReference.Root.GetProperty(name);
        SparseVector[] left = await ApiReference.EncodeAsync(fixture.Engine, reference.GetProperty("a"));
        SparseVector[] right = await ApiReference.EncodeAsync(fixture.Engine, reference.GetProperty("b"));
        return (left, right, reference);
    }
}
