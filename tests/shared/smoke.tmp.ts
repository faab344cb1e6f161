import { checkGraph } from '/work/main/src/shared/graph/check.ts';
import { signatureOf } from '/work/main/src/shared/node-api/signature.ts';
import { readdirSync } from 'node:fs';
const cat = new Map();
for (const c of ['io','image','tensor','model','detect','flow','value']) for (const f of readdirSync(`/work/main/nodes/${c}`)) if (f.endsWith('.ts')) {
  try { const d = (await import(`/work/main/nodes/${c}/${f}`)).default; const s = signatureOf(d); cat.set(s.id, s); } catch (e) { console.log(f, String(e).slice(0,100)); }
}
console.log(cat.size);
const model = { inputs: [{name:'images',dtype:'float32',shape:[1,3,640,640]}], outputs:[{name:'output0',dtype:'float32',shape:[1,84,8400]}] };
const g = (w:number) => ({ weft: 1, nodes: [
 { id:'image', type:'io/input@1', params:{name:'image', type:'path'}},
 { id:'model', type:'io/input@1', params:{name:'model', type:'path', default: 'x.onnx'}},
 { id:'read', type:'image/read@1'},
 { id:'letterbox', type:'image/letterbox@1', params:{width:w,height:w}},
 { id:'tensor', type:'tensor/from-image@1'},
 { id:'load', type:'model/load@1'},
 { id:'infer', type:'model/infer@1', ui: {title:'Detect'}},
 { id:'out', type:'io/output@1', params:{name:'t'}},
], wires: [
 {from:'image.value',to:'read.path'},{from:'model.value',to:'load.path'},{from:'read',to:'letterbox'},{from:'letterbox.image',to:'tensor.image'},
 {from:'tensor.tensor',to:'infer.input'},{from:'load.model',to:'infer.model'},{from:'infer.output',to:'out.value'}]});
for (const w of [640, 320]) {
const c = checkGraph(g(w), (id) => cat.get(id), { inputs: {image:'a.jpg'}, types: () => cat.keys(), modelSignature: () => model as any });
console.log(JSON.stringify(c.problems, null, 1), c.notes, JSON.stringify(c.inputs), JSON.stringify(c.outputs));
}
console.log(checkGraph(g(640), (id) => cat.get(id), { inputs: {imag:'a.jpg'} }).problems);
// perf
import { defineNode, pin } from '/work/main/src/shared/node-api/weft.ts';
const add = signatureOf(defineNode({type:'t/add',version:1,title:'Add',summary:'',inputs:{a:pin.number({default:0}),b:pin.number({default:1})},outputs:{sum:pin.number()},run:()=>({sum:0})}));
const img = signatureOf(defineNode({type:'t/img',version:1,title:'Img',summary:'',inputs:{image:pin.image({channels:'c',width:'w',height:'h'})},outputs:{image:pin.image({channels:'c',width:'w',height:'h'})},run:()=>({image:0 as any})}));
for (const [n, sig, p, o] of [[10000,add,'a','sum'],[100000,add,'a','sum'],[10000,img,'image','image']] as const) {
  const nodes = Array.from({length:n},(_, i)=>({id:`n${i}`,type:sig.id, params: p==='a'?{b:i}:{}}));
  const wires = Array.from({length:n-1},(_, i)=>({from:`n${i}.${o}`,to:`n${i+1}.${p}`}));
  for (let k=0;k<6;k++){ const t=performance.now(); const c=checkGraph({weft:1,nodes,wires},()=>sig); console.log(n, sig.id, (performance.now()-t).toFixed(1), c.problems.length, c.nodes.length); }
}
