namespace Splade.AI.OnnxGraph;

/// <summary>One walk from an output back to the decoder's MatMul or Gemm. If it gives none, it says why.</summary>
internal sealed class DecoderWalk(OnnxFile file, int vocabulary)
{
    private DecoderConstant? _bias;
    private bool _reshaped;

    /// <summary>Why the last walk found nothing.</summary>
    public string Reason { get; private set; } = "";

    public Decoder? From(string output)
    {
        string value = output;
        var seen = new HashSet<string>();
        while (seen.Add(value))
        {
            OnnxNode? node = file.Producer(value);
            if (node is not { Inputs.Count: > 0 })
            {
                return Refuse($"nothing computes '{value}', which its output '{output}' comes from");
            }

            if ((node.Is("MatMul") || node.Is("Gemm") || node.Is("Add")) && node.Inputs.Count < 2)
            {
                return Refuse($"its {node.OpType} has only one input");
            }

            if (node.Is("MatMul"))
            {
                return MatMul(node);
            }

            if (node.Is("Gemm"))
            {
                return Gemm(node);
            }

            if (Before(node) is not string before)
            {
                return null;
            }

            value = before;
        }

        return Refuse("its graph goes round in a circle");
    }

    private string? Before(OnnxNode node)
    {
        if (node.Is("Add"))
        {
            return BeforeBias(node);
        }

        if (node.Is("Reshape") || node.Is("Flatten"))
        {
            _reshaped = true;
            return node.Inputs[0];
        }

        if (node.Is("Identity") || node.Is("Dropout") || node.Is("Cast"))
        {
            return node.Inputs[0];
        }

        Refuse(QuantisedBy(node.Outputs[0]) is string kind
            ? $"its decoder is quantised ({kind})"
            : $"its decoder ends in {node.Kind}, expected a MatMul or Gemm and a bias");
        return null;
    }

    private string? BeforeBias(OnnxNode add)
    {
        foreach ((string bias, string other) in new[] { (add.Inputs[0], add.Inputs[^1]), (add.Inputs[^1], add.Inputs[0]) })
        {
            if (ConstantFinder.Find(file, bias) is DecoderConstant constant && IsBias(constant))
            {
                if (_bias is null)
                {
                    _bias = constant;
                    return other;
                }

                Refuse("its decoder adds two biases");
                return null;
            }
        }

        Refuse("its decoder ends in a sum of two computed values");
        return null;
    }

    private Decoder? MatMul(OnnxNode node)
    {
        DecoderConstant? weight = ConstantFinder.Find(file, node.Inputs[1]);
        return weight is null ? RefuseWeight(node) : Finish(node.Inputs[0], weight);
    }

    private Decoder? Gemm(OnnxNode node)
    {
        if (node.Int("transA", 0) != 0 || node.Float("alpha", 1) != 1 || node.Float("beta", 1) != 1)
        {
            return Refuse("its decoder is a Gemm that scales or transposes its input");
        }

        if (node.Inputs.Count > 2 && node.Inputs[2].Length > 0)
        {
            if (_bias is not null || ConstantFinder.Find(file, node.Inputs[2]) is not DecoderConstant bias || !IsBias(bias))
            {
                return Refuse("its decoder is a Gemm whose bias is not one constant number for each entry of the vocabulary");
            }

            _bias = bias;
        }

        // A Gemm takes a matrix: the texts and tokens were made one dimension before it.
        _reshaped = true;
        return ConstantFinder.Find(file, node.Inputs[1]) is not DecoderConstant weight
            ? RefuseWeight(node)
            : Finish(node.Inputs[0], node.Int("transB", 0) != 0 ? weight with { Transposed = !weight.Transposed } : weight);
    }

    private Decoder? Finish(string hidden, DecoderConstant weight)
    {
        IReadOnlyList<long> shape = weight.Tensor.Dimensions;
        if (shape.Count != 2 || shape[weight.Transposed ? 0 : 1] != vocabulary || shape[weight.Transposed ? 1 : 0] is <= 0 or > int.MaxValue)
        {
            return Refuse($"the weight of its last MatMul or Gemm has the shape [{string.Join(", ", shape)}], expected {vocabulary} columns");
        }

        if (TensorReader.SizeOf(weight.Tensor.Type) is 0 or sizeof(long))
        {
            return Refuse($"the weight of its decoder has numbers of type {weight.Tensor.Type}");
        }

        int size = (int)shape[weight.Transposed ? 1 : 0];
        return BeforeReshape(hidden, size) is string state ? new Decoder(state, weight, _bias, size, vocabulary) : null;
    }

    /// <summary>The hidden state with texts and tokens apart.</summary>
    private string? BeforeReshape(string hidden, int size)
    {
        if (!_reshaped)
        {
            return hidden;
        }

        OnnxNode? node = file.Producer(hidden);
        bool flattens = node is { Inputs.Count: 2 } && node.Is("Reshape") && MayFlatten(node.Inputs[1], size);
        if (!flattens)
        {
            Refuse("its decoder reshapes the hidden state in a way that is not known");
        }

        return flattens ? node!.Inputs[0] : null;
    }

    // A shape that is computed while the model runs is [texts * tokens, hidden] too: nothing else fits the weight behind it.
    private bool MayFlatten(string shape, int size) =>
        file.Constant(shape) is not OnnxTensor constant || (TensorReader.ReadIntegers(file, constant) is [_, long width] && (width == size || width == -1));

    private bool IsBias(DecoderConstant constant) =>
        constant.Tensor.Dimensions is [.., long width] && width == vocabulary && constant.Tensor.Count == vocabulary && !constant.Transposed;

    private Decoder? RefuseWeight(OnnxNode node) => Refuse(
        QuantisedBy(node.Inputs[1]) is string kind
            ? $"its decoder is quantised ({kind})"
            : $"the weight of its last {node.OpType} is computed while the model runs");

    /// <summary>A quantised operator just before a value: the decoder's scaling lies between.</summary>
    private string? QuantisedBy(string value)
    {
        const int Steps = 4;
        string[] values = [value];
        for (int step = 0; step < Steps; step++)
        {
            OnnxNode[] nodes = [.. values.Select(file.Producer).OfType<OnnxNode>()];
            if (nodes.FirstOrDefault(IsQuantised) is OnnxNode found)
            {
                return found.OpType;
            }

            values = [.. nodes.SelectMany(n => n.Inputs)];
        }

        return null;
    }

    private static bool IsQuantised(OnnxNode node) => node.OpType
        is "MatMulInteger" or "QLinearMatMul" or "DequantizeLinear" or "MatMulNBits" or "MatMulBnb4"
        or "DynamicQuantizeMatMul" or "MatMulIntegerToFloat" or "QGemm";

    private Decoder? Refuse(string reason)
    {
        Reason = reason;
        return null;
    }
}
