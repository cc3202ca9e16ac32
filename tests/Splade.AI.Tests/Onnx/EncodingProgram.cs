namespace Splade.AI.Tests.Onnx;

/// <summary>Encodes a text with both models, in a process of its own.</summary>
internal static class EncodingProgram
{
    public static int Encode(ExecutionProvider provider) => EncodeAsync(provider).GetAwaiter().GetResult();

    private static async Task<int> EncodeAsync(ExecutionProvider provider)
    {
        var sparse = new SpladeEngineOptions(Path.Combine(Repository.Models, "splade-tiny")) { ExecutionProvider = provider };
        var dense = new DenseEmbeddingGeneratorOptions(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8")) { ExecutionProvider = provider };
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(sparse);
        await using DenseEmbeddingGenerator generator = await DenseEmbeddingGenerator.CreateAsync(dense);
        int terms = (await engine.EncodeAsync(["Mars is called the Red Planet."]))[0].Vector.Count;
        int numbers = (await generator.GenerateAsync(["Mars is called the Red Planet."]))[0].Vector.Length;
        Console.WriteLine($"{terms} terms, {numbers} numbers");
        return 0;
    }
}
