namespace Splade.AI.Tests.BgeM3;

/// <summary>The numbers are FlagEmbedding's: alone, in batches, under load, and from every layout in which the model is published.</summary>
public sealed class BgeM3ReferenceTests(BgeM3Fixture fixture) : IClassFixture<BgeM3Fixture>
{
    private readonly BgeM3Encoder _sut = fixture.Encoder;

    [Fact]
    public async Task EncodeAsync_TextsAlone_HaveTheVectorsOfTheReference()
    {
        Assert.Equal(90, BgeM3Reference.All.Count);
        foreach (BgeM3Reference reference in BgeM3Reference.All)
        {
            reference.AssertAgrees(Assert.Single(await _sut.EncodeAsync([reference.Text])));
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(90)]
    public Task EncodeAsync_Batches_HaveTheVectorsOfTextsAlone(int size) => AssertAgreesAsync(_sut, size);

    [Fact]
    public Task EncodeAsync_ManyCallers_GetTheirOwn() => Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
    {
        BgeM3Reference reference = BgeM3Reference.All[caller];
        reference.AssertAgrees(Assert.Single(await _sut.EncodeAsync([reference.Text])));
    })));

    [Theory]
    [InlineData("onnx/contract_hidden_state.onnx", "sparse_linear.pt")]
    [InlineData("onnx/contract_hidden_state.onnx", "sparse_linear.safetensors")]
    [InlineData("model.safetensors", "sparse_linear.pt")]
    public async Task EncodeAsync_HiddenStatesWithTheHead_GiveTheSame(string file, string head)
    {
        using TemporaryModel model = TemporaryModel.CopyOf(BgeM3Reference.Folder);
        model.Delete(head == "sparse_linear.pt" ? "sparse_linear.safetensors" : "sparse_linear.pt");
        await using BgeM3Encoder sut = await BgeM3Encoder.CreateAsync(new BgeM3Options(model.Folder) { ModelFile = file });
        await AssertAgreesAsync(sut, 16);
    }

    [SharedFact]
    public async Task EncodeAsync_ExportsWithOtherOutputs_GiveTheSame()
    {
        foreach (string file in new[] { "contract_sparse_per_token.onnx", "contract_sparse_vocabulary.onnx" })
        {
            string folder = Path.Combine(Repository.Shared!, "models", "random-bge-m3");
            await using BgeM3Encoder sut = await BgeM3Encoder.CreateAsync(new BgeM3Options(folder) { ModelFile = "onnx/" + file });
            await AssertAgreesAsync(sut, 16);
            string? obstacle = (await sut.ExplainAsync("hello")).SpansUnavailableReason;
            Assert.Equal(file.EndsWith("vocabulary.onnx", StringComparison.Ordinal), obstacle is not null);
        }
    }

    private static async Task AssertAgreesAsync(BgeM3Encoder sut, int size)
    {
        foreach (BgeM3Reference[] batch in BgeM3Reference.All.Chunk(size))
        {
            IReadOnlyList<BgeM3Encoding> encodings = await sut.EncodeAsync(batch.Select(r => r.Text));
            Assert.All(batch.Zip(encodings), pair => pair.First.AssertAgrees(pair.Second));
        }
    }
}
