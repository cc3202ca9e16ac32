using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.Weights;

namespace Splade.AI.ModelFiles;

/// <summary>What the folder of a <c>Dense</c> module says: a layer between the pooling of a dense model and its vector.</summary>
/// <param name="Inputs">How many numbers go in.</param>
/// <param name="Outputs">How many come out.</param>
/// <param name="HasBias">Whether a bias is added.</param>
/// <param name="Activation">The class of its activation, without its package.</param>
/// <param name="Files">Its files: the configuration, and those of the weights.</param>
internal sealed record DenseLayer(int Inputs, int Outputs, bool HasBias, string Activation, IReadOnlyList<string> Files)
{
    /// <summary>The activations that are known, by the names of torch's classes.</summary>
    public static IReadOnlyList<string> Known { get; } = ["Identity", "Tanh", "ReLU", "Sigmoid"];

    /// <exception cref="SpladeModelException">A file is missing or wrong, or the layer is of a kind that is not supported.</exception>
    public static DenseLayer Read(string folder)
    {
        const string Remedy = "Use a model without it.";
        string path = Path.Combine(folder, "config.json");
        JsonElement config = JsonFile.Read(path);
        SettingsFile settings = SettingsFile.ReadIfExists(path)!;
        settings.Expect("module_input_name", "sentence_embedding", Remedy);
        settings.Expect("module_output_name", "sentence_embedding", Remedy);

        // Sentence Transformers takes the hyperbolic tangent where nothing is said.
        string activation = ModelModule.KindOf(config.Text("activation_function") ?? "Tanh");
        if (!Known.Contains(activation))
        {
            throw new SpladeModelException($"'activation_function' is {activation}, expected {string.Join(", ", Known)}. {Remedy}", path);
        }

        bool hasBias = config.Member("bias", JsonValueKind.False) is null;
        return new DenseLayer(Size("in_features"), Size("out_features"), hasBias, activation, [path, .. WeightsIn(folder).Files]);

        int Size(string name) => config.Number(name) is int size and > 0
            ? size
            : throw new SpladeModelException($"There is no '{name}', expected the number of numbers that go in or come out of the layer.", path);
    }

    /// <summary>Reads its weights.</summary>
    /// <returns>The matrix, a row for each number that comes out, and the bias; empty for none.</returns>
    /// <exception cref="SpladeModelException">A tensor is missing or of another shape, or a file cannot be read.</exception>
    public (float[] Weights, float[] Bias) ReadWeights()
    {
        IReadOnlyDictionary<string, WeightTensor> tensors = WeightsIn(Path.GetDirectoryName(Files[0])!).Read().Tensors;
        return (WeightNumbers.Read(Tensor("linear.weight"), Outputs, Inputs), HasBias ? WeightNumbers.Read(Tensor("linear.bias"), Outputs) : []);

        WeightTensor Tensor(string name) => tensors.GetValueOrDefault(name) ?? throw new SpladeModelException(
            $"The file has no tensor '{name}', only [{string.Join(", ", tensors.Keys.Take(8))}].", Files[1]);
    }

    private static CheckpointFiles WeightsIn(string folder) => CheckpointFiles.Find(folder) ?? throw new SpladeModelException(
        $"The folder of the layer has no weights. Expected {CheckpointForm.Names}. Copy all of the model's files.", folder);
}
